import type { InputError } from '../../../generator/declarations/input-error.ts';
import type { MapCase } from '../../program/map-case.ts';
import type { Program } from '../../program/program.ts';
import type { Judge } from './judge.ts';

/** A program that is to be judged. */
export interface InputProgram {
  readonly kind: 'program';
  /** The file it comes in, as it was named. */
  readonly file: string;
  /** Of a .jsonl, from 1. */
  readonly line: number | undefined;
  /** What it is called as long as it has not been loaded. */
  readonly id: string;
  /** As a kernel would get it. @throws LoadRefusal */
  readonly loadFor: (judge: Judge) => Program | MapCase;
}

/** A file of which nothing can be judged. */
export interface UnreadableInput {
  readonly kind: 'unreadable';
  readonly file: string;
  readonly error: InputError;
}

export type Input = InputProgram | UnreadableInput;

/** A program that does not come as far as the kernel, in words that say why. */
export class LoadRefusal extends Error {
  override readonly name = 'LoadRefusal';
  /** What the program calls itself, where that can be read. */
  readonly id: string | undefined;
  constructor(message: string, id?: string) {
    super(message);
    this.id = id;
  }
}
