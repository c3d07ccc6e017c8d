/**
 * What the explorer knows: all kfuncs of all kernels, as its JSON file has them. A kernel is named by its position among
 * `kernels`; what holds for several is written once, with all of them.
 */
export interface ExplorerData {
  /** Oldest first. */
  readonly kernels: readonly KernelData[];
  /** Sorted by name. */
  readonly kfuncs: readonly KfuncData[];
}

/** Inclusive ranges of positions, flat: `[0, 3, 5, 5]` is 0 to 3, and 5. Ascending, and never touching. */
export type Ranges = readonly number[];

export interface KernelData {
  readonly version: string;
  /** The release that was read: `6.1.192`. */
  readonly release: string;
  /** The flags that it knows. */
  readonly flags: readonly string[];
  /** The hooks that anything can be registered for, each with the program types that can call what is. */
  readonly hooks: Readonly<Record<string, readonly string[]>>;
  /** Kfuncs by the program types that are named where their sets are registered: a kfunc in a set for two counts twice. */
  readonly registrations: number;
  /** How many kfuncs some program can call. */
  readonly callable: number;
}

/** A kfunc, or a destructor that stands in no set. */
export interface KfuncData {
  readonly name: string;
  readonly entries: readonly EntryData[];
  readonly prototypes: readonly PrototypeData[];
  readonly dtors?: readonly DtorData[];
  /** Which kfuncs give and take references to the types that this one takes and gives. */
  readonly partners?: readonly PartnerData[];
  /** What declarations say about the files and sets. */
  readonly about?: readonly string[];
}

/** Something that a line of a source file says in every kernel that has it. */
export interface Located {
  readonly kernels: Ranges;
  readonly source: string;
  /** One a kernel, in their order; 0 where it is not known. Left out where none is. */
  readonly lines?: readonly number[];
}

/** The kfunc in a set, for one hook. `source` is where the set stands. */
export interface EntryData extends Located {
  readonly hook: string;
  /** The program types named in the registration calls. */
  readonly progTypes: readonly string[];
  /** Sorted. */
  readonly flags: readonly string[];
  readonly set: string;
  readonly owner: string;
  readonly config?: string;
  /** The C function that the set asks as well. */
  readonly filter?: string;
  /** The kfunc stands in the set of a flag, but in no check set: no program can call it. */
  readonly isUncallable?: true;
}

/** `source` is where the function is defined; empty where that is not known. */
export interface PrototypeData extends Located {
  readonly text: string;
  readonly returns: string;
  /** Type and name of each parameter. */
  readonly params: readonly (readonly [string, string])[];
  readonly isVariadic?: true;
}

/** A BTF type whose objects the kfunc frees when a map goes. */
export interface DtorData extends Located {
  readonly type: string;
  readonly owner: string;
  readonly config?: string;
}

/** Names, sorted, of kfuncs that have to do with references to one type. */
export interface PartnerData {
  /** `struct nf_conn`. */
  readonly type: string;
  /** What releases the reference that the kfunc returns. */
  readonly releasedBy?: readonly string[];
  /** What returns the reference that the kfunc takes. */
  readonly acquiredBy?: readonly string[];
}
