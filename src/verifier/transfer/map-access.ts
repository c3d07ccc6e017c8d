import { accessKptr } from './kptr-access.ts';
import { constantOffset } from './offsets.ts';
import { checkRegion } from './region.ts';
import { kptrSize } from '../rules/kptr/access-size.rule.ts';
import { kptrIndirect } from '../rules/kptr/indirect-access.rule.ts';
import { kptrMisaligned } from '../rules/kptr/misaligned.rule.ts';
import { kptrVariableOffset } from '../rules/kptr/variable-offset.rule.ts';
import { directRead } from '../rules/map-access/direct-read.rule.ts';
import { mapReadForbidden } from '../rules/map-access/read.rule.ts';
import { specialField } from '../rules/map-access/special-field.rule.ts';
import { spinLockAccess } from '../rules/map-access/spin-lock.rule.ts';
import { timerAccess } from '../rules/map-access/timer.rule.ts';
import { mapWriteForbidden } from '../rules/map-access/write.rule.ts';
import { reject } from '../rules/rule.ts';
import type { BpfMap, KptrSlot } from '../maps/bpf-map.ts';
import { constant, isConstant, signedMin, unsignedMax } from '../scalar/scalar.ts';
import { scalarRegister, type Register } from '../state/register.ts';
import { setRegister } from '../walk/registers.ts';
import { unknownScalar, type Walk } from '../walk/walk.ts';

const SPIN_LOCK_BYTES = 4;
const TIMER_BYTES = 16;
const KPTR_BYTES = 8;

/** map_value_has_kptrs(): the slots, where the value's kptrs are in order. */
function kptrSlots(map: BpfMap): readonly KptrSlot[] {
  return map.kptrs !== undefined && 'slots' in map.kptrs ? map.kptrs.slots : [];
}

/** bpf_map_kptr_off_contains(). */
export function kptrAt(map: BpfMap, offset: number): KptrSlot | undefined {
  return kptrSlots(map).find((slot) => slot.offset === offset);
}

/** check_map_access_type(). @throws Rejection if the map may not be accessed that way */
export function checkMapDirection(map: BpfMap, isWrite: boolean): void {
  if (isWrite && map.readOnlyForProgram) reject(mapWriteForbidden, { map: map.spec.name });
  if (!isWrite && map.writeOnlyForProgram) reject(mapReadForbidden, { map: map.spec.name });
}

/**
 * An access lies within a map value and touches nothing special but as it may: check_map_access(),
 * kernel/bpf/verifier.c.
 *
 * @param offset with the pointer's own, without its variable part
 * @param isDirect by an instruction; false: by a helper or kfunc that gets the memory
 * @throws Rejection
 */
export function checkMapAccess(
  number: number,
  pointer: Register,
  offset: number,
  size: number,
  zeroAllowed: boolean,
  isDirect: boolean,
): void {
  const map = pointer.map as BpfMap;
  checkRegion(number, pointer, offset, size, map.valueSize, zeroAllowed);
  const min = signedMin(pointer.scalar) + offset;
  const end = unsignedMax(pointer.scalar) + offset + size;
  const touches = (start: number, bytes: number): boolean => min < start + bytes && start < end;
  const name = map.spec.name;
  const registers = [number];
  const { spinLockOffset, timerOffset } = map;
  if (spinLockOffset !== undefined && touches(spinLockOffset, SPIN_LOCK_BYTES)) {
    reject(spinLockAccess, { offset: spinLockOffset, map: name }, { registers });
  }
  if (timerOffset !== undefined && touches(timerOffset, TIMER_BYTES)) {
    reject(timerAccess, { offset: timerOffset, map: name }, { registers });
  }
  const other = map.fields.others.find((each) => touches(each.offset, each.size));
  if (other !== undefined) reject(specialField, { kind: other.kind, offset: other.offset, map: name }, { registers });
  const slot = kptrSlots(map).find((each) => touches(each.offset, KPTR_BYTES));
  if (slot === undefined) return;
  if (!isDirect) reject(kptrIndirect, { register: number, offset: slot.offset }, { registers });
  if (!isConstant(pointer.scalar)) reject(kptrVariableOffset, { offset: slot.offset }, { registers });
  const at = constantOffset(pointer, offset - pointer.off);
  if (at !== slot.offset) reject(kptrMisaligned, { at, offset: slot.offset }, { registers });
  if (size !== KPTR_BYTES) reject(kptrSize, { offset: slot.offset, size }, { registers });
}

/**
 * A load from, or store to, a map value: the part of check_mem_access() for PTR_TO_MAP_VALUE.
 *
 * @param offset with the pointer's own
 * @param value the register that is loaded or stored; -1: none
 * @throws Rejection
 */
export function accessMapValue(
  walk: Walk,
  number: number,
  pointer: Register,
  offset: number,
  size: number,
  isWrite: boolean,
  value: number,
): void {
  const map = pointer.map as BpfMap;
  checkMapDirection(map, isWrite);
  checkMapAccess(number, pointer, offset, size, false, true);
  const isFixed = isConstant(pointer.scalar);
  const at = isFixed ? constantOffset(pointer, offset - pointer.off) : 0;
  const slot = isFixed ? kptrAt(map, at) : undefined;
  if (slot !== undefined) {
    accessKptr(walk, slot, value);
    return;
  }
  if (isWrite || value < 0) return;
  // array_map_direct_value_addr() knows arrays of one element alone.
  if (isFixed && map.frozen && map.readOnlyForProgram && map.type === 'array' && map.maxEntries !== 1) {
    reject(directRead, { map: map.spec.name });
  }
  const known = isFixed && map.contents !== undefined ? readContents(map.contents, at, size) : undefined;
  setRegister(walk, value, known ?? unknownScalar(walk));
}

/** bpf_map_direct_read(): what a frozen map that programs only read holds is known. */
function readContents(contents: Uint8Array, offset: number, size: number): Register | undefined {
  if (offset + size > contents.length) return undefined;
  const view = new DataView(contents.buffer, contents.byteOffset + offset, size);
  switch (size) {
    case 1:
      return scalarRegister(constant(view.getUint8(0), 0));
    case 2:
      return scalarRegister(constant(view.getUint16(0, true), 0));
    case 4:
      return scalarRegister(constant(view.getInt32(0, true), 0));
    default:
      return scalarRegister(constant(view.getInt32(0, true), view.getInt32(4, true)));
  }
}
