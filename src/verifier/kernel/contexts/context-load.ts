import type { KernelBtf } from '../kernel.ts';

/** What a load from a context gives, and what is to be kept of a valid access. */
export interface ContextLoad {
  readonly kind: ContextLoadKind;
  /** Whether the pointer may be null. */
  readonly maybeNull: boolean;
  /** Of pointers: MEM_USER, MEM_PERCPU, MEM_RDONLY, PTR_TRUSTED and so on. */
  readonly flags: readonly ContextLoadFlag[];
  /** Where `kind` is `btf`: the struct that is pointed to. */
  readonly btf: { readonly btf: KernelBtf; readonly typeId: number } | undefined;
  /** ctx_field_size: bytes of the field that a narrower load is cut out of; 0 where the load is done as it stands. */
  readonly fieldSize: number;
  /**
   * False where the walk lets the access pass and convert_ctx_accesses(), kernel/bpf/verifier.c, then refuses the
   * program with EINVAL, because it knows no such offset.
   */
  readonly isConvertible: boolean;
  /**
   * Whether it is what the function returned that the program is attached to: from v6.12 on an LSM program knows that
   * it is in the range that checkReturnRange() gives.
   */
  readonly isReturned: boolean;
}

export type ContextLoadKind =
  | 'scalar'
  | 'packet'
  | 'packet_meta'
  | 'packet_end'
  | 'socket'
  | 'sock_common'
  | 'flow_keys'
  | 'tp_buffer'
  | 'buf'
  | 'map'
  | 'btf';

export type ContextLoadFlag = 'user' | 'percpu' | 'rcu' | 'rdonly' | 'trusted';

const NO_FLAGS: readonly ContextLoadFlag[] = Object.freeze([]);

/** A number, loaded as it stands. */
export const SCALAR_LOAD: ContextLoad = plainLoad('scalar', false, 0, true);
/** A number that the function returned which the program is attached to. */
export const RETURNED_SCALAR: ContextLoad = Object.freeze({ ...SCALAR_LOAD, isReturned: true });

/** A load of anything that BTF does not describe. */
export function plainLoad(
  kind: ContextLoadKind,
  maybeNull: boolean,
  fieldSize: number,
  isConvertible: boolean,
): ContextLoad {
  return Object.freeze({
    kind,
    maybeNull,
    flags: NO_FLAGS,
    btf: undefined,
    fieldSize,
    isConvertible,
    isReturned: false,
  });
}

/** A pointer to a struct that a kernel's BTF describes. */
export function structLoad(
  btf: KernelBtf,
  typeId: number,
  flags: readonly ContextLoadFlag[],
  maybeNull = false,
): ContextLoad {
  return Object.freeze({
    kind: 'btf',
    maybeNull,
    flags,
    btf: Object.freeze({ btf, typeId }),
    fieldSize: 0,
    isConvertible: true,
    isReturned: false,
  });
}

/** A buffer that may be null, as iterators get keys and values. */
export function bufferLoad(access: 'rdonly' | 'rdwr'): ContextLoad {
  return access === 'rdonly' ? READ_ONLY_BUFFER : BUFFER;
}

const BUFFER: ContextLoad = plainLoad('buf', true, 0, true);
const READ_ONLY_BUFFER: ContextLoad = Object.freeze({ ...BUFFER, flags: Object.freeze(['rdonly'] as const) });
