import { withoutLink } from './linked-scalars.ts';
import { offsetRange } from './offsets.ts';
import { checkStackRange } from './stack-range.ts';
import { stackFrame } from './stack-access.ts';
import { spillSize } from '../rules/stack/spill-size.rule.ts';
import { stackUninitialized } from '../rules/stack/uninitialized.rule.ts';
import { stackVariableToHelper } from '../rules/stack/variable-offset.rule.ts';
import { reject } from '../rules/rule.ts';
import { constantNumber, isConstant, isConstantZero, unsignedMax, ZERO } from '../scalar/scalar.ts';
import { BYTE, byteKind, isSpilled, LIVE, SLOT_BYTES, type StackSlot } from '../state/cell.ts';
import { registerOf, slotOf, type Frame } from '../state/frame.ts';
import { scalarRegister, UNKNOWN_REGISTER, type Register } from '../state/register.ts';
import { remember, stackAccess } from '../walk/history.ts';
import { markRead } from '../walk/liveness.ts';
import { frameOf, type Walk } from '../walk/walk.ts';

const NULL = scalarRegister(ZERO);

/**
 * Loads from the stack: check_stack_read(), kernel/bpf/verifier.c, since parts of a spilled scalar are known as well. The
 * bounds were checked.
 *
 * @param target the register that is loaded; -1: none, the memory is only looked at
 * @throws Rejection
 */
export function readStackScalars(
  walk: Walk,
  number: number,
  pointer: Register,
  offset: number,
  size: number,
  target: number,
): void {
  const frame = stackFrame(walk, pointer);
  if (isConstant(pointer.scalar)) {
    readFixed(walk, frame, offset + constantNumber(pointer.scalar), size, target);
    return;
  }
  if (target < 0) reject(stackVariableToHelper, { register: number }, { registers: [number] });
  checkStackRange(walk, number, pointer, offset, size, { forHelper: false, raw: undefined, zeroAllowed: false });
  const { min, max } = offsetRange(pointer, offset);
  put(walk, target, allZero(frame, min, max + size) ? NULL : UNKNOWN_REGISTER);
}

/** check_stack_read_fixed_off(). */
function readFixed(walk: Walk, frame: Frame, offset: number, size: number, target: number): void {
  const top = -offset - 1;
  const index = Math.floor(top / SLOT_BYTES);
  const slot = slotOf(frame, index);
  if (!isSpilled(slot)) {
    for (let at = 0; at < size; at++) {
      const kind = byteKind(slot, (top - at) % SLOT_BYTES);
      if (kind !== BYTE.misc && kind !== BYTE.zero && kind !== BYTE.invalid) {
        reject(stackUninitialized, { offset: offset + at });
      }
    }
    markRead(slot, slot.parent);
    if (target >= 0) put(walk, target, allZero(frame, offset, offset + size) ? NULL : UNKNOWN_REGISTER);
    return;
  }
  const bytes = spilledBytes(slot);
  if (size === SLOT_BYTES && bytes === SLOT_BYTES) {
    if (target >= 0) put(walk, target, slot.register);
    markRead(slot, slot.parent);
    remember(walk, stackAccess(frame.depth, index), 0);
    return;
  }
  if (slot.register.type !== 'scalar') reject(spillSize, { what: 'read back from', size });
  markRead(slot, slot.parent);
  if (target < 0) return;
  const { register, isOfSpill } = partOf(slot, offset, size, bytes);
  put(walk, target, register);
  if (isOfSpill) remember(walk, stackAccess(frame.depth, index), 0);
}

/** A part of a spilled scalar, or one of which only a part was spilled. */
function partOf(
  slot: StackSlot,
  offset: number,
  size: number,
  bytes: number,
): { readonly register: Register; readonly isOfSpill: boolean } {
  const { register } = slot;
  if (size <= bytes && offset % SLOT_BYTES === 0) {
    const fits = unsignedMax(register.scalar) < 2 ** (8 * size);
    return { register: fits ? register : withoutLink(register), isOfSpill: true };
  }
  const top = -offset - 1;
  let spilled = 0;
  let zeros = 0;
  for (let at = 0; at < size; at++) {
    const kind = byteKind(slot, (top - at) % SLOT_BYTES);
    if (kind === BYTE.spill) spilled += 1;
    else if (kind === BYTE.zero) zeros += 1;
    else if (kind !== BYTE.misc && kind !== BYTE.invalid) reject(stackUninitialized, { offset: offset + at });
  }
  if (spilled === size && isConstantZero(register.scalar)) return { register: NULL, isOfSpill: true };
  return { register: zeros === size ? NULL : UNKNOWN_REGISTER, isOfSpill: false };
}

function put(walk: Walk, target: number, register: Register): void {
  const cell = registerOf(frameOf(walk), target);
  cell.register = register;
  cell.live |= LIVE.written;
}

/** Bytes of the register that lies in a slot. */
function spilledBytes(slot: StackSlot): number {
  let bytes = 0;
  for (let index = SLOT_BYTES - 1; index >= 0 && byteKind(slot, index) === BYTE.spill; index--) bytes++;
  return bytes;
}

function allZero(frame: Frame, min: number, end: number): boolean {
  for (let at = min; at < end; at++) {
    const top = -at - 1;
    const slot = frame.stack[Math.floor(top / SLOT_BYTES)];
    if (slot === undefined || byteKind(slot, top % SLOT_BYTES) !== BYTE.zero) return false;
  }
  return true;
}
