import type { ContextLayout, Field } from '../../../../generated/types/context.ts';
import type { AttachType, ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import { findIdByName } from '../../../btf/find.ts';
import type { KernelBtf } from '../kernel.ts';
import { isIn, type VersionNumber } from '../version.ts';
import { plainLoad, structLoad, type ContextLoad } from './context-load.ts';
import { holds } from './ranges.ts';

/** Accesses to a context of fixed layout, as one kernel and one expected attach type allow them. */
export interface LayoutAccess {
  readonly begin: number;
  /** Whether an offset below 0 counts as one of the first entry. */
  readonly takesNegative: boolean;
  readonly size: number;
  readonly isWhole: boolean;
  readonly isAligned: boolean;
  /** By offset, the entry that decides: 1 and up; 0 where every access is refused. */
  readonly entryAt: Uint8Array;
  /** By entry, the widths that may be read as a mask: the sum of them. */
  readonly reads: Uint8Array;
  /** By entry, the widths that may be written. */
  readonly writes: Uint8Array;
  /** By entry, the widths that can't be converted. */
  readonly unconverted: Uint8Array;
  /** By entry, what an access gives. */
  readonly loads: readonly ContextLoad[];
  /** By entry, the same for widths that can't be converted. */
  readonly lateLoads: readonly ContextLoad[];
}

/**
 * Lays out what one kernel allows, so that an access is judged by looking it up.
 *
 * @param vmlinux where structs are looked up that fields point to; undefined: such fields are refused
 * @param rules of the program type; undefined: the layout as it is, nothing writable
 */
export function layOut(
  layout: ContextLayout,
  vmlinux: KernelBtf | undefined,
  rules: ProgTypeRules | undefined,
  version: VersionNumber,
  attachType: AttachType | undefined,
): LayoutAccess {
  const fields = layout.fields.filter((field) => holds(field, version, attachType));
  const entryAt = new Uint8Array(layout.size);
  // From the last to the first, so that the first stays.
  for (let index = fields.length - 1; index >= 0; index--) {
    const field = fields[index];
    if (field !== undefined) entryAt.fill(index + 1, field.offset, Math.min(field.offset + field.size, layout.size));
  }
  const visible = fields.map(({ name }) => isVisible(name, rules, version, attachType));
  const writable = fields.map(({ name }) => isWritable(name, rules, version, attachType));
  const kindOf = (field: Field): ContextLoad['kind'] => rules?.values?.[field.name] ?? field.value ?? 'scalar';
  const loadOf = (field: Field, isConvertible: boolean): ContextLoad =>
    field.struct === undefined
      ? plainLoad(kindOf(field), field.or_null ?? false, field.whole_size ?? 0, isConvertible)
      : (pointerTo(field.struct, vmlinux) ?? REFUSED);
  return {
    begin: layout.begin ?? 0,
    takesNegative: layout.negative ?? false,
    size: layout.size,
    isWhole: layout.whole ?? false,
    isAligned: (layout.aligned ?? true) && layout.unaligned?.some((range) => isIn(range, version)) !== true,
    entryAt,
    reads: masks(fields, (field, index) =>
      visible[index] === true && isKnown(field, vmlinux) ? field.read : undefined,
    ),
    writes: masks(fields, (field, index) => (visible[index] === true && writable[index] === true ? field.write : [])),
    unconverted: masks(fields, (field) => field.unconverted),
    loads: [REFUSED, ...fields.map((field) => loadOf(field, true))],
    lateLoads: [REFUSED, ...fields.map((field) => loadOf(field, false))],
  };
}

/** An access of 1, 2, 4 or 8 bytes: what it gives, or undefined where it is refused. Writes give a load too. */
export function accessLayout(
  access: LayoutAccess,
  offset: number,
  size: number,
  isWrite: boolean,
): ContextLoad | undefined {
  const isBefore = offset < 0 && access.takesNegative;
  if ((offset < access.begin && !isBefore) || offset >= access.size) return undefined;
  if (access.isWhole && offset + size > access.size) return undefined;
  if (access.isAligned && (offset & (size - 1)) !== 0) return undefined;
  const entry = isBefore ? 1 : (access.entryAt[offset] ?? 0);
  const widths = (isWrite ? access.writes : access.reads)[entry] ?? 0;
  if ((widths & size) === 0) return undefined;
  return ((access.unconverted[entry] ?? 0) & size) === 0 ? access.loads[entry] : access.lateLoads[entry];
}

const REFUSED = plainLoad('scalar', false, 0, true);

function isKnown({ struct }: Field, vmlinux: KernelBtf | undefined): boolean {
  return struct === undefined || pointerTo(struct, vmlinux) !== undefined;
}

function pointerTo(struct: string, vmlinux: KernelBtf | undefined): ContextLoad | undefined {
  const typeId = vmlinux === undefined ? undefined : findIdByName(vmlinux.btf, struct, 'struct');
  return vmlinux === undefined || typeId === undefined ? undefined : structLoad(vmlinux, typeId, ['trusted']);
}

function masks(
  fields: readonly Field[],
  widths: (field: Field, index: number) => readonly number[] | undefined,
): Uint8Array {
  const sum = (each: readonly number[]): number => each.reduce((mask, width) => mask | width, 0);
  return Uint8Array.from([0, ...fields.map((field, index) => sum(widths(field, index) ?? []))]);
}

function isVisible(
  name: string,
  rules: ProgTypeRules | undefined,
  version: VersionNumber,
  attachType: AttachType | undefined,
): boolean {
  if (rules?.hidden?.includes(name) === true) return false;
  const only = rules?.only?.filter(({ fields }) => fields.includes(name)) ?? [];
  return only.length === 0 || only.some((each) => holds(each, version, attachType));
}

function isWritable(
  name: string,
  rules: ProgTypeRules | undefined,
  version: VersionNumber,
  attachType: AttachType | undefined,
): boolean {
  return rules?.writable?.some((each) => each.fields.includes(name) && holds(each, version, attachType)) ?? false;
}
