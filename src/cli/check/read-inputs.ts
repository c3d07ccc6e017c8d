import { readFileSync } from 'node:fs';
import { InputError, inputError } from '../../../generator/declarations/input-error.ts';
import { isElf } from '../../elf/open-elf.ts';
import type { Input } from './input.ts';
import { jsonLinePrograms, jsonProgram } from './json-input.ts';
import { objectPrograms } from './object-input.ts';

/** The programs of files, in the order given; a file that can't be read stands in its place and loses no other. */
export function* readInputs(files: readonly string[]): Generator<Input> {
  for (const file of files) {
    try {
      yield* readInput(file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      yield { kind: 'unreadable', file, error };
    }
  }
}

function* readInput(file: string): Generator<Input> {
  if (/\.(jsonl|ndjson)$/.test(file)) {
    yield* jsonLinePrograms(file);
  } else if (file.endsWith('.json')) {
    yield jsonProgram(file);
  } else {
    yield* objectPrograms(file, readObject(file));
  }
}

function readObject(file: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(file));
  } catch (error) {
    throw inputError(file, error);
  }
  if (!isElf(bytes)) {
    throw new InputError(file, 'it is no BPF object; raw programs are read from .json and .jsonl files');
  }
  return bytes;
}
