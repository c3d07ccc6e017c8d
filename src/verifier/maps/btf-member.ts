import { homeOf, wordIndex } from '../../btf/btf.ts';
import { INFO } from '../../btf/btf-layout.ts';
import type { BtfComposite, BtfMember, BtfType } from '../../btf/btf-type.ts';
import { typeAt } from '../../btf/read-type.ts';
import { isModifierKind, isRegularInt, sizeOfResolved, type Resolution } from './btf-resolution.ts';

/** The most bits of a bitfield with those before it in its first byte. */
const MOST_BITS = 128;

/** Whether a member lies well within its struct: the check_member operations, kernel/bpf/btf.c. */
export function isMemberRight(resolution: Resolution, struct: BtfComposite, member: BtfMember): boolean {
  const sized = sizeOfResolved(resolution, member.type);
  if (sized === undefined) return false;
  const { btf } = resolution;
  const type = typeAt(btf, isModifierKind(typeAt(btf, member.type).kind) ? sized.id : member.type);
  const home = homeOf(btf, struct.id);
  const hasFlag = (home.words[wordIndex(home, struct.id) + 1] ?? 0) >>> INFO.flagShift !== 0;
  if (type.kind === 'int') return hasFlag ? isFlaggedInt(struct, member, type) : isInt(struct, member, type);
  const isBitfield = (member.bitSize ?? 0) !== 0;
  if (type.kind === 'enum' && hasFlag) return isFlaggedEnum(struct, member, isBitfield);
  if (isBitfield) return false;
  if (type.kind === 'float' && member.bitOffset % (8 * Math.min(8, type.size)) !== 0) return false;
  return member.bitOffset % 8 === 0 && member.bitOffset / 8 + sized.size <= struct.size;
}

/** btf_int_check_member(): as bitfields were written before they had a flag. */
function isInt(struct: BtfComposite, { bitOffset }: BtfMember, type: BtfType & { readonly kind: 'int' }): boolean {
  const start = bitOffset + type.bitOffset;
  return fits(struct, start, type.bits);
}

/** btf_int_check_kflag_member(). */
function isFlaggedInt(struct: BtfComposite, member: BtfMember, type: BtfType & { readonly kind: 'int' }): boolean {
  if (!isRegularInt(type)) return false;
  const { bitOffset, bitSize = 0 } = member;
  if (bitSize > type.bits || (bitSize === 0 && bitOffset % 8 !== 0)) return false;
  return fits(struct, bitOffset, bitSize === 0 ? type.bits : bitSize);
}

/** btf_enum_check_kflag_member(). */
function isFlaggedEnum(struct: BtfComposite, { bitOffset, bitSize = 0 }: BtfMember, isBitfield: boolean): boolean {
  if (!isBitfield && bitOffset % 8 !== 0) return false;
  const bits = isBitfield ? bitSize : 32;
  return bits <= 32 && Math.ceil((bitOffset + bits) / 8) <= struct.size;
}

function fits({ size }: BtfComposite, start: number, bits: number): boolean {
  const copied = bits + (start % 8);
  return copied <= MOST_BITS && Math.floor(start / 8) + Math.ceil(copied / 8) <= size;
}
