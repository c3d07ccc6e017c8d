import type { CheckResult, CodePlace, PathStep } from '../../generated/types/check-report.ts';
import type { KernelVersion, WalkStep } from 'kfunc-registry/browser';

/** A file that was dropped or chosen. It stays in the browser: the worker reads it there. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the page asks its worker: which kernels can judge, or for verdicts. */
export type WorkerRequest = { readonly ask: 'kernels' } | ({ readonly ask: 'verdicts' } & JudgeRequest);

/** What it answers; a failure is none of a file's: it is a defect of ours. */
export type WorkerReply =
  | { readonly answer: 'kernels'; readonly kernels: readonly KernelVersion[] }
  | ({ readonly answer: 'verdicts' } & JudgeReply)
  | { readonly answer: 'failure'; readonly failure: string };

/** Programs that are to be judged. */
export interface JudgeRequest {
  readonly kernel: KernelVersion;
  /** BTF of a vmlinux, raw or in an ELF file, and of the modules that are loaded. */
  readonly kernelFiles: readonly GivenFile[];
  /** Objects, programs in JSON, and the BTF that those name. */
  readonly programFiles: readonly GivenFile[];
}

/** What became of them. */
export interface JudgeReply {
  readonly programs: readonly ProgramReport[];
  /** Files of which nothing can be judged, in words that say why. */
  readonly unreadable: readonly Unreadable[];
  /** What else there is to know: a BTF that is of another version, say. */
  readonly notes: readonly string[];
}

export interface Unreadable {
  readonly file: string;
  readonly message: string;
}

/** The verdict on one program, and the walk that leads to it. */
export interface ProgramReport {
  readonly result: CheckResult;
  /** What was walked, in order of slots; empty for operations on maps. */
  readonly code: readonly CodePlace[];
  /** What leads to the finding, in order; empty where there is none. */
  readonly path: readonly PathEntry[];
  readonly walk: WalkView;
}

/** A step on the way to a finding: a branch that could have gone either way, a call, or what became of a reference. */
export interface PathEntry {
  readonly kind: PathStep['kind'];
  readonly from: CodePlace;
  /** What happens, in words. */
  readonly text: string;
  /** Where it stands among the steps of the walk; undefined: it is not among those that are shown. */
  readonly step: number | undefined;
}

/** Steps of the walk, with the registers before each. */
export interface WalkView {
  /** The path to where the kernel stops, or the whole walk in its order. */
  readonly kind: 'path' | 'whole';
  readonly steps: readonly WalkStep[];
  readonly omitted: number;
}
