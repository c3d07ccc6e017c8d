import type { MapCase } from '../../../src/program/map-case.ts';
import type { Program } from '../../../src/program/program.ts';

/** What a kernel and the engine are asked about. */
export interface Question {
  /** Where it is from: the corpus, a seed, C programs. */
  readonly source: string;
  readonly family: string;
  readonly asked: Program | MapCase;
  /** As a line of a corpus; undefined for what is no case of one. */
  readonly line: string | undefined;
}
