import type { MapCase } from '../program/map-case.ts';
import type { Program } from '../program/program.ts';
import type { Judge } from './judge.ts';

/** A program that is to be judged. */
export interface Candidate {
  /** What it is called as long as it has not been loaded. */
  readonly id: string;
  /** As a kernel would get it. @throws LoadRefusal */
  readonly loadFor: (judge: Judge) => Program | MapCase;
}

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
