import type { Btf } from '../../btf/btf.ts';
import type { BtfType } from '../../btf/btf-type.ts';
import { typeAt } from '../../btf/read-type.ts';

/**
 * The pass over all types that the kernel makes when BTF is loaded, to see that each refers to what it may, and to itself
 * by pointers alone: btf_check_all_types(), kernel/bpf/btf.c.
 *
 * A type is resolved once what it consists of is. How far that goes depends on where it began (`mode`): from a struct or
 * array it ends at pointers, from a pointer at structs and arrays.
 */
export interface Resolution {
  readonly btf: Btf;
  /** By id: 0 not visited, 1 on the stack, 2 resolved. */
  readonly visits: Uint8Array;
  /** By id of a modifier or variable: what it comes to; of an array the element. */
  readonly resolvedIds: Uint32Array;
  /** By id of an array: its bytes. */
  readonly resolvedSizes: Float64Array;
  readonly stack: Vertex[];
  mode: 'undecided' | 'pointer' | 'composite';
}

export interface Vertex {
  readonly type: BtfType;
  /** Of a struct or data section: the member that comes next. */
  next: number;
}

/**
 * The bytes of a type, of which what it consists of is resolved: btf_type_id_size().
 *
 * @returns undefined if it has none
 */
export function sizeOfResolved(
  { btf, resolvedIds, resolvedSizes }: Resolution,
  start: number,
): { readonly id: number; readonly size: number } | undefined {
  let id = start;
  const { kind } = typeAt(btf, id);
  if (isModifierKind(kind) || kind === 'var') id = resolvedIds[id] ?? 0;
  const type = typeAt(btf, id);
  switch (type.kind) {
    case 'ptr':
      return { id, size: 8 };
    case 'array':
      return { id, size: resolvedSizes[id] ?? 0 };
    case 'int':
    case 'float':
    case 'enum':
    case 'enum64':
    case 'struct':
    case 'union':
    case 'datasec':
      return { id, size: type.size };
    default:
      return undefined;
  }
}

/** btf_type_int_is_regular(). */
export function isRegularInt(type: BtfType): boolean {
  return type.kind === 'int' && type.bitOffset === 0 && [8, 16, 32, 64, 128].includes(type.bits);
}

/** btf_type_is_modifier(), to which typedefs count. */
export function isModifierKind(kind: BtfType['kind']): boolean {
  return kind === 'typedef' || kind === 'const' || kind === 'volatile' || kind === 'restrict' || kind === 'type_tag';
}
