import type { BtfComposite, BtfMember } from '../btf-type.ts';
import { skipTypedefs } from '../follow.ts';
import { typeAt } from '../read-type.ts';
import { memberBits, sizeOf } from '../size.ts';
import { cError, requireShallow, type CContext } from './context.ts';

/** What a struct or union needs in C beyond its members, to be laid out as BTF says. */
export interface CLayout {
  /** Bytes, as the compiler will have it with what stands here. */
  readonly alignment: number;
  readonly isPacked: boolean;
  /** The alignment to ask for, where the size needs one. */
  readonly aligned: number | undefined;
  readonly members: readonly CMemberLayout[];
  /** Widths of the unnamed bitfields behind the last member. */
  readonly padding: readonly number[];
  /** Bits of the type that unnamed bitfields have. */
  readonly paddingUnit: number;
}

export interface CMemberLayout {
  /** The width of a bitfield. */
  readonly bits: number | undefined;
  /** The alignment to ask for. */
  readonly aligned: number | undefined;
  /** Widths of the unnamed bitfields before it. */
  readonly padding: readonly number[];
}

/** A member as the rules of layout see it. All in bits. */
interface Slot {
  readonly offset: number;
  readonly size: number;
  readonly alignment: number;
  /** Bits of the declared type of a bitfield, which it may not cross; undefined if it is none. */
  readonly unit: number | undefined;
}

const LARGEST_ALIGNMENT = 65_536;
const LARGEST_UNIT = 64;
/** More padding than that is none that C made. */
const MOST_PADDING_BITS = 8 * 65_536;

/**
 * Works out a struct's or union's layout. BTF has offsets and sizes but neither `packed` nor `aligned`: what the rules
 * of C (System V ABI: natural alignment, bitfields that do not cross a unit of their type) do not give is asked for.
 *
 * @throws BtfError `not-c` if no declaration gives that layout; `loop` if the type contains itself
 */
export function layoutOf(context: CContext, type: BtfComposite, depth: number): CLayout {
  const known = context.layouts.get(type.id);
  if (known !== undefined) return known;
  if (context.layouts.has(type.id)) throw cError(context, 'loop', type.id, 'contains itself');
  requireShallow(context, type.id, depth);
  context.layouts.set(type.id, undefined);
  const slots = type.members.map((member) => slotOf(context, member, depth));
  const natural = Math.max(8, ...slots.map(({ alignment }) => alignment));
  const isPacked = (8 * type.size) % natural !== 0 || slots.some(breaksAlignment);
  const result =
    type.kind === 'struct'
      ? layoutStruct(context, type, slots, isPacked, isPacked ? 8 : natural)
      : layoutUnion(context, type, slots, isPacked, isPacked ? 8 : natural);
  context.layouts.set(type.id, result);
  return result;
}

/** Bytes of a type's alignment, as the compiler will have it. @throws BtfError */
export function alignmentOf(context: CContext, id: number, depth: number): number {
  requireShallow(context, id, depth);
  const type = typeAt(context.btf, skipTypedefs(context.btf, id));
  switch (type.kind) {
    case 'array':
      return alignmentOf(context, type.type, depth + 1);
    case 'struct':
    case 'union':
      return layoutOf(context, type, depth + 1).alignment;
    case 'ptr':
      return context.pointerBytes;
    default:
      return scalarAlignment(sizeOf(context.btf, type.id));
  }
}

function layoutStruct(
  context: CContext,
  type: BtfComposite,
  slots: readonly Slot[],
  isPacked: boolean,
  natural: number,
): CLayout {
  const size = 8 * type.size;
  // Unnamed bitfields raise the alignment on some machines, so they take no larger type than a member has.
  const paddingUnit = Math.min(LARGEST_UNIT, isPacked ? LARGEST_UNIT : natural);
  let alignment = natural;
  let end = 0;
  const members = slots.map((slot): CMemberLayout => {
    if (slot.offset < end) throw cError(context, 'not-c', type.id, 'members that overlap');
    const start = naturalOffset(slot, end, isPacked);
    const bits = slot.unit === undefined ? undefined : slot.size;
    const wanted = start === slot.offset || isPacked || bits !== undefined ? undefined : raise(end, slot, size);
    const padding =
      start === slot.offset || wanted !== undefined ? [] : pad(context, type, end, slot.offset, paddingUnit);
    alignment = Math.max(alignment, wanted ?? 0);
    end = slot.offset + slot.size;
    return { bits, aligned: wanted === undefined ? undefined : wanted / 8, padding };
  });
  const aligned = roundUp(end, alignment) === size ? undefined : raiseTo(end, alignment, size);
  const isFull = aligned !== undefined || roundUp(end, alignment) === size;
  return {
    alignment: (aligned ?? alignment) / 8,
    isPacked,
    aligned: aligned === undefined ? undefined : aligned / 8,
    members,
    padding: isFull ? [] : pad(context, type, end, size, paddingUnit),
    paddingUnit,
  };
}

function layoutUnion(
  context: CContext,
  type: BtfComposite,
  slots: readonly Slot[],
  isPacked: boolean,
  natural: number,
): CLayout {
  const size = 8 * type.size;
  const end = Math.max(0, ...slots.map((slot) => slot.offset + slot.size));
  const aligned = roundUp(end, natural) === size ? undefined : raiseTo(end, natural, size);
  const isFull = aligned !== undefined || roundUp(end, natural) === size;
  // Nothing in C makes such a union, but pahole leaves out the members of transparent ones.
  if (!isFull && size > LARGEST_UNIT) throw cError(context, 'not-c', type.id, 'a union larger than its members');
  return {
    alignment: (aligned ?? natural) / 8,
    isPacked,
    aligned: aligned === undefined ? undefined : aligned / 8,
    members: slots.map(({ unit, size: bits }) => ({
      bits: unit === undefined ? undefined : bits,
      aligned: undefined,
      padding: [],
    })),
    padding: isFull ? [] : [size],
    paddingUnit: LARGEST_UNIT,
  };
}

function slotOf(context: CContext, member: BtfMember, depth: number): Slot {
  const alignment = 8 * alignmentOf(context, member.type, depth + 1);
  const size = 8 * sizeOf(context.btf, member.type);
  const bits = memberBits(context.btf, member);
  return bits === undefined
    ? { offset: member.bitOffset, size, alignment, unit: undefined }
    : { offset: bits.offset, size: bits.size, alignment, unit: size };
}

function breaksAlignment({ offset, size, alignment, unit }: Slot): boolean {
  return unit === undefined ? offset % alignment !== 0 : (offset % unit) + size > unit;
}

/** Where the compiler puts a member that comes after `end`. */
function naturalOffset({ size, alignment, unit }: Slot, end: number, isPacked: boolean): number {
  if (unit === undefined) return roundUp(end, isPacked ? 8 : alignment);
  return !isPacked && (end % unit) + size > unit ? roundUp(end, unit) : end;
}

/** The alignment that moves a member from the end of the one before it to its offset, in a struct of that size. */
function raise(end: number, { offset, alignment }: Slot, size: number): number | undefined {
  const wanted = raiseTo(end, alignment, offset);
  return wanted !== undefined && size % wanted === 0 ? wanted : undefined;
}

function raiseTo(end: number, alignment: number, wanted: number): number | undefined {
  for (let raised = 2 * alignment; raised <= 8 * LARGEST_ALIGNMENT; raised *= 2) {
    if (roundUp(end, raised) === wanted) return raised;
  }
  return undefined;
}

function pad(context: CContext, type: BtfComposite, from: number, to: number, unit: number): readonly number[] {
  if (to < from || to - from > MOST_PADDING_BITS) {
    throw cError(context, 'not-c', type.id, `${String(to - from)} bits between members`);
  }
  const widths: number[] = [];
  for (let at = from; at < to;) {
    const width = Math.min(to - at, unit - (at % unit));
    widths.push(width);
    at += width;
  }
  return widths;
}

function scalarAlignment(size: number): number {
  const power = size & -size;
  return Math.min(Math.max(power, 1), 16);
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
