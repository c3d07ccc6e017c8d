import type { Problem } from './problem.ts';

/** What a kernel source tree registers. */
export interface TreeImport {
  /** Sorted by path. */
  readonly sources: readonly TreeSource[];
  readonly problems: readonly Problem[];
}

/** What one source file registers. */
export interface TreeSource {
  /** Path from the root of the tree. */
  readonly source: string;
  /** `vmlinux`, or the name of a module as lsmod prints it. */
  readonly owner: string;
  /** As declarations spell conditions; undefined where there is none. */
  readonly config: string | undefined;
  /** In the order of registration. */
  readonly sets: readonly TreeSet[];
  /** In the order of registration. */
  readonly dtors: readonly TreeDtor[];
  /** The definitions of the kfuncs and destructors that were found, by name. */
  readonly functions: ReadonlyMap<string, TreeFunction>;
}

/** A struct btf_kfunc_id_set that is registered. */
export interface TreeSet {
  readonly name: string;
  readonly line: number;
  readonly config: string | undefined;
  /** Program types in lower case without prefix, or `fmodret` for register_btf_fmodret_id_set(); in order. */
  readonly registrations: readonly string[];
  /** The function that is the set's filter. */
  readonly filter: string | undefined;
  readonly kfuncs: readonly TreeKfunc[];
}

/** A kfunc in a set. */
export interface TreeKfunc {
  readonly name: string;
  /** KF_… in lower case without prefix, as spelled in the source; of a set a flag, in the order of the sets. */
  readonly flags: readonly string[];
  /** Whether it is in the check set; always true where there is none. */
  readonly check: boolean;
  readonly config: string | undefined;
  readonly line: number;
}

/** A pair handed to register_btf_id_dtor_kfuncs(). */
export interface TreeDtor {
  readonly type: string;
  readonly kfunc: string;
  readonly config: string | undefined;
  /** Line of the type's entry in its id list. */
  readonly line: number;
}

/** The definition of a function. */
export interface TreeFunction {
  /** In kernel spelling, without storage class and attributes. */
  readonly prototype: string;
  /** Path from the root of the tree. */
  readonly file: string;
  /** Line of the function's name. */
  readonly line: number;
}
