import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { inputError } from '../../../generator/declarations/input-error.ts';

const CHUNK_BYTES = 1 << 16;

/** The lines of a file, read piece by piece: it may be larger than what fits in memory. @throws InputError */
export function* readLines(path: string): Generator<string> {
  const file = attempt(path, () => openSync(path, 'r'));
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for (;;) {
      const bytes = attempt(path, () => readSync(file, chunk, 0, CHUNK_BYTES, null));
      const lines = (rest + (bytes === 0 ? decoder.end() : decoder.write(chunk.subarray(0, bytes)))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
      if (bytes === 0) break;
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}

function attempt<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw inputError(path, error);
  }
}
