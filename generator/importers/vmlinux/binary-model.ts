import type { Declaration } from '../../../generated/types/declaration.ts';
import type { KfuncContent } from '../merge/content.ts';

/** What a vmlinux or module says of its kfuncs. */
export interface BinaryImport {
  /** Of the sets whose source file and program types the registry knows; sorted by source file. */
  readonly declarations: readonly Declaration[];
  /** The other sets: what they are registered for stands in code, and not in data that can be read. */
  readonly unknown: readonly BinarySet[];
  /** What could not be read, in sentences without a full stop. */
  readonly problems: readonly string[];
}

/** A set of kfuncs as it stands in a binary. */
export interface BinarySet {
  /** Name of the struct btf_kfunc_id_set; undefined where the binary has no symbols. */
  readonly name: string | undefined;
  /** Names of the id sets; none where the binary has no symbols. */
  readonly idSets: readonly string[];
  /** Undefined where the struct has none, or could not be read. */
  readonly filter: string | undefined;
  readonly kfuncs: readonly KfuncContent[];
}

/** Takes what could not be read. */
export type ReportProblem = (problem: string) => void;
