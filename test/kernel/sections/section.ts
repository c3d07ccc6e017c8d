import type { MissingKernel, RealKernel } from '../machine/kernels.ts';

/** What all parts of the test get. */
export interface Setting {
  readonly kernels: readonly (RealKernel | MissingKernel)[];
  readonly loader: string;
  readonly seeds: readonly number[];
  /** Generated cases a seed. */
  readonly count: number;
  /** A file of cases beside the corpus, one a line. */
  readonly cases: string | undefined;
}

export interface Outcome {
  readonly failures: readonly string[];
  readonly skipped: readonly string[];
  /** What was measured, one a line. */
  readonly notes: readonly string[];
  readonly agreement?: readonly AgreementRow[];
}

/** How often a kernel and the engine agreed about one family. */
export interface AgreementRow {
  readonly kernel: string;
  /** `uname -r` */
  readonly release: string;
  readonly source: string;
  readonly family: string;
  readonly cases: number;
  readonly agreed: number;
  readonly unsupported: number;
  /** Agreed programs for which the kernel tells how many instructions it processed. */
  readonly counted: number;
  /** Those for which the engine counts as many. */
  readonly countedAlike: number;
}

export interface Section {
  readonly name: string;
  readonly run: (setting: Setting) => Promise<Outcome>;
}

export function isMissing(kernel: RealKernel | MissingKernel): kernel is MissingKernel {
  return 'missing' in kernel;
}

/** What several kernels came to, together. */
export function joinOutcomes(outcomes: readonly Outcome[]): Outcome {
  return {
    failures: outcomes.flatMap(({ failures }) => failures),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
    notes: outcomes.flatMap(({ notes }) => notes),
    agreement: outcomes.flatMap(({ agreement }) => agreement ?? []),
  };
}
