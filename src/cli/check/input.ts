import type { InputError } from '../../../generator/declarations/input-error.ts';
import type { Candidate } from '../../judge/candidate.ts';

/** A program that is to be judged, and where it came from. */
export interface InputProgram extends Candidate {
  readonly kind: 'program';
  /** The file it comes in, as it was named. */
  readonly file: string;
  /** Of a .jsonl, from 1. */
  readonly line: number | undefined;
}

/** A file of which nothing can be judged. */
export interface UnreadableInput {
  readonly kind: 'unreadable';
  readonly file: string;
  readonly error: InputError;
}

export type Input = InputProgram | UnreadableInput;
