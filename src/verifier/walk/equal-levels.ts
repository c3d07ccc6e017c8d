import { createIdMap, idsMatch, madeId, type IdMap } from './ids.ts';
import { sameFixedPart } from './equal.ts';
import type { Walk } from './walk.ts';
import { bitsWithin, rangeWithin } from '../scalar/compare.ts';
import { equalScalars } from '../scalar/scalar.ts';
import {
  BYTE,
  byteKind,
  createCell,
  isSpilledWhole,
  LIVE,
  SLOT_BYTES,
  type Cell,
  type StackSlot,
} from '../state/cell.ts';
import { registerOf, REGISTERS, type Frame } from '../state/frame.ts';
import type { Reference } from '../state/references.ts';
import { PLUS_CONSTANT, UNKNOWN_REGISTER, type Register } from '../state/register.ts';
import type { State } from '../state/state.ts';

/**
 * How much alike states have to be: `safe`: what was read of the old one covers the current one; `within`: all of it
 * does; `exact`: they are the same. enum exact_level.
 */
export type Level = 'safe' | 'within' | 'exact';

/** states_equal(), kernel/bpf/verifier.c, since it compares ids over all frames and knows three levels. */
export function statesAlike(walk: Walk, old: State, current: State, level: Level): boolean {
  if (old.frames.length !== current.frames.length) return false;
  const ids = createIdMap(walk.lastId);
  if (old.lockOwner !== current.lockOwner || !idsMatch(old.spinLock, current.spinLock, ids)) return false;
  if (old.inRcu !== current.inRcu || old.preemptOff !== current.preemptOff) return false;
  for (const [depth, frame] of old.frames.entries()) {
    const other = current.frames[depth];
    if (other === undefined || frame.callSite !== other.callSite) return false;
    if (!framesAlike(frame, other, ids, level)) return false;
  }
  return true;
}

function framesAlike(old: Frame, current: Frame, ids: IdMap, level: Level): boolean {
  if (old.callbackDepth > current.callbackDepth) return false;
  for (let number = 0; number < REGISTERS; number++) {
    if (!cellsAlike(registerOf(old, number), registerOf(current, number), ids, level)) return false;
  }
  return stacksAlike(old, current, ids, level) && referencesAlike(old.references, current.references, ids);
}

/** refsafe(). */
function referencesAlike(old: readonly Reference[], current: readonly Reference[], ids: IdMap): boolean {
  if (old.length !== current.length) return false;
  return old.every((reference, index) => idsMatch(reference.id, current[index]?.id ?? 0, ids));
}

const ALL_MISC = createCell(UNKNOWN_REGISTER);
ALL_MISC.live = LIVE.read;

/** scalar_reg_for_stack(): eight bytes that are one scalar, or nothing but data. */
function scalarAt(slot: StackSlot): Cell | undefined {
  if (isSpilledWhole(slot) && slot.register.type === 'scalar') return slot;
  for (let index = 0; index < SLOT_BYTES; index++) {
    const kind = byteKind(slot, index);
    if (kind !== BYTE.misc && kind !== BYTE.invalid) return undefined;
  }
  return ALL_MISC;
}

/** stacksafe(). */
function stacksAlike(old: Frame, current: Frame, ids: IdMap, level: Level): boolean {
  for (const [index, slot] of old.stack.entries()) {
    const other = current.stack[index];
    if (!slotsAlike(slot, other, ids, level)) return false;
  }
  return true;
}

function slotsAlike(slot: StackSlot, other: StackSlot | undefined, ids: IdMap, level: Level): boolean {
  for (let byte = 0; byte < SLOT_BYTES; byte++) {
    const kind = byteKind(slot, byte);
    if (level !== 'safe' && (other === undefined || kind !== byteKind(other, byte))) return false;
    if ((slot.live & LIVE.read) === 0 && level === 'safe') return true;
    if (kind === BYTE.invalid || kind === BYTE.misc) continue;
    if (other === undefined) return false;
    const scalar = scalarAt(slot);
    const otherScalar = scalar === undefined ? undefined : scalarAt(other);
    if (scalar !== undefined && otherScalar !== undefined) return cellsAlike(scalar, otherScalar, ids, level);
    if (kind !== byteKind(other, byte)) return false;
    if (byte === SLOT_BYTES - 1 && !lastByteAlike(slot, other, kind, ids, level)) return false;
  }
  return true;
}

function lastByteAlike(slot: StackSlot, other: StackSlot, kind: number, ids: IdMap, level: Level): boolean {
  switch (kind) {
    case BYTE.spill:
      return cellsAlike(slot, other, ids, level);
    case BYTE.iterator: {
      const a = slot.iterator;
      const b = other.iterator;
      if (a === undefined || b === undefined) return false;
      const isSame = a.flags === b.flags && a.btf === b.btf && a.typeId === b.typeId && a.state === b.state;
      return isSame && idsMatch(a.refId, b.refId, ids);
    }
    case BYTE.dynptr:
      return false;
    default:
      return true;
  }
}

/** regs_exact(). */
function exactlyAlike(old: Register, current: Register, ids: IdMap): boolean {
  return (
    sameFixedPart(old, current) &&
    equalScalars(old.scalar, current.scalar) &&
    idsMatch(old.id, current.id, ids) &&
    idsMatch(old.refId, current.refId, ids)
  );
}

/** regsafe(). */
function cellsAlike(oldCell: Cell, currentCell: Cell, ids: IdMap, level: Level): boolean {
  const old = oldCell.register;
  const current = currentCell.register;
  if (level === 'exact') return exactlyAlike(old, current, ids);
  const isSafe = level === 'safe';
  if ((oldCell.live & LIVE.read) === 0 && isSafe) return true;
  if (old.type === 'not_init' && (isSafe || current.type === 'not_init')) return true;
  if (old.type !== current.type || old.flags !== current.flags) return false;
  switch (old.type) {
    case 'scalar':
      if (!old.precise && isSafe) return true;
      return linksAlike(old, current, ids) && covers(old, current);
    case 'map_key':
    case 'map_value':
    case 'mem':
    case 'buf':
    case 'tp_buffer':
      return (
        sameFixedPart(old, current) &&
        covers(old, current) &&
        idsMatch(old.id, current.id, ids) &&
        idsMatch(old.refId, current.refId, ids)
      );
    case 'packet':
    case 'packet_meta':
      if (old.range < 0 || current.range < 0) {
        if (old.range !== current.range) return false;
      } else if (old.range > current.range) {
        return false;
      }
      return old.off === current.off && idsMatch(old.id, current.id, ids) && covers(old, current);
    case 'stack':
      return exactlyAlike(old, current, ids) && old.frame === current.frame;
    default:
      return exactlyAlike(old, current, ids);
  }
}

function covers(old: Register, current: Register): boolean {
  return rangeWithin(old.scalar, current.scalar) && bitsWithin(old.scalar, current.scalar);
}

/** What is equal in the old state, or differs by a constant, does so in the current one; check_scalar_ids() included. */
function linksAlike(old: Register, current: Register, ids: IdMap): boolean {
  const isMoved = (old.id & PLUS_CONSTANT) !== 0;
  const isCurrentMoved = (current.id & PLUS_CONSTANT) !== 0;
  if (isMoved && (!isCurrentMoved || old.off !== current.off)) return false;
  if (old.id === 0) return true;
  if (!isMoved && isCurrentMoved) return false;
  const id = current.id === 0 ? madeId(ids) : current.id;
  if (!idsMatch(old.id, id, ids)) return false;
  return !isMoved || idsMatch(old.id & ~PLUS_CONSTANT, id & ~PLUS_CONSTANT, ids);
}

/** maybe_widen_reg()'s question: whether two registers are the same to the bit. */
export function isSameRegister(old: Register, current: Register, ids: IdMap): boolean {
  return exactlyAlike(old, current, ids);
}
