import { InputError } from '../../../generator/declarations/input-error.ts';
import { isUnreadable, objectCandidates } from '../../judge/object-candidates.ts';
import { openObject, type BpfObject } from '../../program/object/open-object.ts';
import type { InputProgram } from './input.ts';

/**
 * The programs of a BPF object.
 *
 * @throws InputError if it is none, or has no program
 */
export function objectPrograms(file: string, bytes: Uint8Array): readonly InputProgram[] {
  const object = open(file, bytes);
  if (object.programs.length === 0) throw new InputError(file, 'there is no program in it');
  return objectCandidates(object, nearPath).map((candidate) => ({
    ...candidate,
    kind: 'program',
    file,
    line: undefined,
  }));
}

function open(file: string, bytes: Uint8Array): BpfObject {
  try {
    return openObject(bytes);
  } catch (error) {
    if (isUnreadable(error)) throw new InputError(file, error.message);
    throw error;
  }
}

/** Compilers write whole paths: what lies below the folder one stands in is named from there. */
function nearPath(file: string): string {
  const here = `${process.cwd()}/`;
  return (file.startsWith(here) ? file.slice(here.length) : file).replace(/^\.\//, '');
}
