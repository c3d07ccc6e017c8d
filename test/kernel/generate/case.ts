/**
 * One line of a corpus of cases: a program, or operations on maps, and what kernels said. Names of fields are those of
 * the JSON, which other languages read too.
 */
export type Case = ProgramCase | MapCase;

interface Common {
  readonly id: string;
  readonly family: string;
  readonly maps: readonly MapDefinition[];
  /** The blob that holds the value types of the maps and the functions of `func_info`. */
  readonly btf: string | null;
  /** Cases of one group come from one random base; variant 0 is the base. */
  readonly group: number;
  readonly variant: number;
  /** The choices in which the variant differs from the base, or what a mutation changed. */
  readonly mutated: readonly string[];
  readonly kernel: Readonly<Record<string, KernelVerdict>>;
}

export interface ProgramCase extends Common {
  readonly kind?: 'prog';
  readonly prog_type: string;
  readonly expected_attach_type?: number;
  readonly attach_func?: string;
  readonly attach_struct?: string;
  readonly attach_member?: string;
  readonly sleepable?: boolean;
  /** Sixteen hex digits a slot. */
  readonly insns: string;
  readonly kfunc_calls: Readonly<Record<string, string>>;
  readonly map_refs: Readonly<Record<string, number>>;
  readonly func_info?: readonly (readonly [number, string])[];
}

export interface MapCase extends Common {
  readonly kind: 'map';
  readonly ops: readonly MapOperation[];
}

export interface MapDefinition {
  readonly name: string;
  readonly type: string;
  readonly key_size: number;
  readonly value_size: number;
  readonly max_entries: number;
  readonly map_flags: number;
  readonly value_type: string | null;
  readonly inner_map?: number;
}

export interface MapOperation {
  readonly op: 'create' | 'freeze' | 'mmap' | 'update' | 'lookup' | 'delete' | 'put_inner';
  readonly map: number;
  readonly arg?: number;
}

export interface KernelVerdict {
  /** Null: the kernel was not asked, or could not be. */
  readonly ok: boolean | null;
  readonly errno: number;
  readonly msg: string;
  readonly insns_processed?: number;
  readonly op_results?: readonly number[];
  readonly stage?: string;
}

/** What a family makes: a case before it is numbered and judged. */
export type Body =
  | Omit<ProgramCase, 'id' | 'family' | 'group' | 'variant' | 'mutated' | 'kernel'>
  | Omit<MapCase, 'id' | 'family' | 'group' | 'variant' | 'mutated' | 'kernel'>;
