import type { CheckResult, CodePlace } from '../../generated/types/check-report.ts';
import type { KernelVersion, WalkStep } from 'kfunc-registry/browser';

/** A file that was dropped or chosen. It stays in the browser: the worker reads it there. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the page asks its worker. */
export interface JudgeRequest {
  readonly kernel: KernelVersion;
  /** BTF of a vmlinux, raw or in an ELF file, and of the modules that are loaded. */
  readonly kernelFiles: readonly GivenFile[];
  /** Objects, programs in JSON, and the BTF that those name. */
  readonly programFiles: readonly GivenFile[];
}

/** What it answers. */
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
  readonly walk: WalkView;
}

/** Steps of the walk, with the registers before each. */
export interface WalkView {
  /** The path to where the kernel stops, or the whole walk in its order. */
  readonly kind: 'path' | 'whole';
  readonly steps: readonly WalkStep[];
  readonly omitted: number;
}

/** What goes wrong without being the fault of a file: a defect, or no kernel. */
export interface JudgeFailure {
  readonly failure: string;
}
