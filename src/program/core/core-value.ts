import type { CoreRelocationKind } from '../../btf/btf-ext.ts';
import { typeAt } from '../../btf/read-type.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { sizeOf } from '../../btf/size.ts';
import type { BtfType } from '../../btf/btf-type.ts';
import { membersOf, type CoreSpec } from './core-spec.ts';

/** What a relocation comes to in one BTF. */
export interface CoreValue {
  /** As an unsigned number of 64 bits. */
  readonly value: bigint;
  /** Of a field that is loaded or stored as a whole: how it is. */
  readonly field: { readonly size: number; readonly type: BtfType } | undefined;
  /** Whether the instruction has to hold the value that the object's own BTF gives. */
  readonly isCertain: boolean;
}

const MOST_LOAD_BYTES = 8;

/**
 * What a relocation comes to where it is found (bpf_core_calc_field_relo() and its like, tools/lib/bpf/relo_core.c).
 *
 * @returns undefined if the answer can't be given where nothing is found; a text if it can't be given at all
 * @throws BtfError where types can't be followed
 */
export function valueOf(kind: CoreRelocationKind, spec: CoreSpec | undefined): CoreValue | undefined | string {
  switch (kind) {
    case 'field_exists':
    case 'type_exists':
    case 'type_matches':
    case 'enumval_exists':
      return plain(spec === undefined ? 0n : 1n);
    case 'type_size':
      return plain(spec === undefined ? 0n : BigInt(sizeOf(spec.btf, spec.rootId)));
    case 'type_id_target':
    case 'type_id_local':
      return plain(BigInt(spec?.rootId ?? 0), false);
    case 'enumval_value':
      return spec === undefined ? undefined : enumValue(spec);
    default:
      return spec === undefined ? undefined : fieldValue(kind, spec);
  }
}

function plain(value: bigint, isCertain = true): CoreValue {
  return { value, field: undefined, isCertain };
}

function enumValue({ btf, accessors }: CoreSpec): CoreValue | string {
  const [accessor] = accessors;
  const type = accessor === undefined ? undefined : typeAt(btf, accessor.typeId);
  const value = type !== undefined && 'values' in type ? type.values[accessor?.index ?? 0] : undefined;
  if (value === undefined) return 'asks for the value of something that is no enum';
  // Of 32 bits and without a sign the number stands for itself.
  return plain(BigInt.asUintN(64, value.value));
}

function fieldValue(kind: CoreRelocationKind, spec: CoreSpec): CoreValue | string {
  const { btf, accessors, bitOffset } = spec;
  const accessor = accessors.at(-1);
  if (accessor === undefined) return 'accesses nothing';
  if (accessor.name === undefined) return elementValue(kind, spec, accessor.typeId);
  const member = membersOf(btf, accessor.typeId)[accessor.index];
  if (member === undefined) return 'accesses no member';
  const type = typeAt(btf, skipTypedefs(btf, member.type));
  const place =
    member.bitSize === undefined
      ? { start: Math.floor(bitOffset / 8), size: sizeOf(btf, type.id), bits: 0 }
      : placeOfBitfield(bitOffset, member.bitSize, 'size' in type ? type.size : 0);
  if (place === undefined) return 'a bitfield that no load of 64 bits can read';
  const { start, size } = place;
  const bits = member.bitSize ?? 8 * size;
  const isBitfield = member.bitSize !== undefined;
  switch (kind) {
    case 'field_byte_offset':
      return { value: BigInt(start), field: isBitfield ? undefined : { size, type }, isCertain: !isBitfield };
    case 'field_byte_size':
      return plain(BigInt(size), !isBitfield);
    case 'field_signed':
      return plain(isSigned(type) ? 1n : 0n);
    case 'field_lshift_u64':
      return plain(BigInt.asUintN(64, BigInt(64 - (bitOffset + bits - 8 * start))), !isBitfield);
    case 'field_rshift_u64':
      return plain(BigInt.asUintN(64, BigInt(64 - bits)));
    default:
      return `a relocation ${kind} of a field`;
  }
}

function elementValue(kind: CoreRelocationKind, { btf, bitOffset }: CoreSpec, typeId: number): CoreValue | string {
  const size = sizeOf(btf, typeId);
  if (kind === 'field_byte_size') return plain(BigInt(size));
  if (kind !== 'field_byte_offset') return 'asks of an element of an array what only members have';
  return { value: BigInt(Math.floor(bitOffset / 8)), field: { size, type: typeAt(btf, typeId) }, isCertain: true };
}

/** The smallest aligned integer that holds all bits, of at least the size of the field's type. */
function placeOfBitfield(
  bitOffset: number,
  bits: number,
  typeSize: number,
): { readonly start: number; readonly size: number } | undefined {
  if (typeSize === 0) return undefined;
  for (let size = typeSize; ; size *= 2) {
    const start = Math.floor(Math.floor(bitOffset / 8) / size) * size;
    if (bitOffset + bits - 8 * start <= 8 * size) return { start, size };
    if (size >= MOST_LOAD_BYTES) return undefined;
  }
}

function isSigned(type: BtfType): boolean {
  if (type.kind === 'enum' || type.kind === 'enum64') return type.signed;
  return type.kind === 'int' && type.encoding === 'signed';
}
