import type { Prepared } from './walk.ts';
import { bitsWithin, rangeWithin } from '../scalar/compare.ts';
import { equalScalars } from '../scalar/scalar.ts';
import { BYTE, byteKind, isSpilled, LIVE, SLOT_BYTES, type Cell } from '../state/cell.ts';
import { registerOf, REGISTERS, slotOf, type Frame } from '../state/frame.ts';
import { sameReferences } from '../state/references.ts';
import { mayBeNull, type Register } from '../state/register.ts';
import { currentFrame, type State } from '../state/state.ts';

/** Which ids of an old state stand for which of the current one, in pairs: struct bpf_id_pair. */
type IdMap = number[];

/**
 * Whether the current state is no more than the old one, from which all paths were found safe: states_equal(),
 * kernel/bpf/verifier.c.
 */
export function statesEqual(prepared: Prepared, old: State, current: State): boolean {
  if (old.frames.length !== current.frames.length || old.spinLock !== current.spinLock) return false;
  for (const [depth, frame] of old.frames.entries()) {
    const other = current.frames[depth];
    if (other === undefined || frame.callSite !== other.callSite) return false;
    if (!framesEqual(prepared, frame, other)) return false;
  }
  return true;
}

/** states_maybe_looping(): the registers are the same to the bit. */
export function maybeLooping(old: State, current: State): boolean {
  if (old.frames.length !== current.frames.length) return false;
  const frame = currentFrame(old);
  const other = currentFrame(current);
  for (let number = 0; number < REGISTERS; number++) {
    if (!identical(registerOf(frame, number).register, registerOf(other, number).register)) return false;
  }
  return true;
}

function framesEqual(prepared: Prepared, old: Frame, current: Frame): boolean {
  const ids: IdMap = [];
  for (let number = 0; number < REGISTERS; number++) {
    if (!cellSafe(prepared, registerOf(old, number), registerOf(current, number), ids)) return false;
  }
  return stackSafe(prepared, old, current, ids) && sameReferences(old.references, current.references);
}

/** stacksafe(): what the old state read of its stack is there in the current one. */
function stackSafe(prepared: Prepared, old: Frame, current: Frame, ids: IdMap): boolean {
  const { miscStackMatchesAll } = prepared.behaviours;
  for (const [index, slot] of old.stack.entries()) {
    if ((slot.live & LIVE.read) === 0) continue;
    for (let byte = 0; byte < SLOT_BYTES; byte++) {
      const kind = byteKind(slot, byte);
      if (kind === BYTE.invalid) continue;
      if (miscStackMatchesAll && kind === BYTE.misc) continue;
      if (index >= current.stack.length) return false;
      const other = byteKind(slotOf(current, index), byte);
      if (kind === BYTE.misc && other === BYTE.zero) continue;
      if (kind !== other) return false;
      if (byte === SLOT_BYTES - 1 && isSpilled(slot) && !cellSafe(prepared, slot, slotOf(current, index), ids)) {
        return false;
      }
    }
  }
  return true;
}

/** regsafe(). */
function cellSafe(prepared: Prepared, oldCell: Cell, currentCell: Cell, ids: IdMap): boolean {
  if ((oldCell.live & LIVE.read) === 0) return true;
  const old = oldCell.register;
  const current = currentCell.register;
  const same = old === current || identical(old, current);
  if (old.type === 'stack') return same && old.frame === current.frame;
  if (same || old.type === 'not_init') return true;
  if (current.type === 'not_init') return false;
  switch (old.type) {
    case 'scalar':
      if (current.type !== 'scalar') return false;
      if (!old.precise && (prepared.behaviours.oldPrecisionDecides || !current.precise)) return true;
      return rangeWithin(old.scalar, current.scalar) && bitsWithin(old.scalar, current.scalar);
    case 'map_key':
    case 'map_value':
      return mapPointerSafe(old, current, ids);
    case 'packet':
    case 'packet_meta':
      return packetPointerSafe(prepared, old, current, ids);
    default:
      return false;
  }
}

function mapPointerSafe(old: Register, current: Register, ids: IdMap): boolean {
  if (mayBeNull(old)) {
    return mayBeNull(current) && sameFixedPart(old, current) && checkIds(old.id, current.id, ids);
  }
  return (
    sameFixedPart(old, current) && rangeWithin(old.scalar, current.scalar) && bitsWithin(old.scalar, current.scalar)
  );
}

function packetPointerSafe(prepared: Prepared, old: Register, current: Register, ids: IdMap): boolean {
  if (current.type !== old.type || current.flags !== old.flags) return false;
  if (prepared.behaviours.exactPacketEnds && (old.range < 0 || current.range < 0)) {
    if (old.range !== current.range) return false;
  } else if (old.range > current.range) {
    return false;
  }
  if (old.off !== current.off) return false;
  if (old.id !== 0 && !checkIds(old.id, current.id, ids)) return false;
  return rangeWithin(old.scalar, current.scalar) && bitsWithin(old.scalar, current.scalar);
}

/** check_ids(): an old id always stands for the same current one. */
function checkIds(old: number, current: number, ids: IdMap): boolean {
  for (let at = 0; at < ids.length; at += 2) if (ids[at] === old) return ids[at + 1] === current;
  ids.push(old, current);
  return true;
}

/** memcmp() up to the id: type, offset and what is pointed to. */
export function sameFixedPart(a: Register, b: Register): boolean {
  return (
    a.type === b.type &&
    a.flags === b.flags &&
    a.off === b.off &&
    a.map === b.map &&
    a.mapUid === b.mapUid &&
    a.btf === b.btf &&
    a.typeId === b.typeId &&
    a.range === b.range &&
    a.memSize === b.memSize &&
    a.subprogram === b.subprogram
  );
}

/** memcmp() up to the parent: all but frame and precision. */
function identical(a: Register, b: Register): boolean {
  return a === b || (sameFixedPart(a, b) && a.id === b.id && a.refId === b.refId && equalScalars(a.scalar, b.scalar));
}
