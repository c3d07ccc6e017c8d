import { offsetRange } from './offsets.ts';
import { checkStackRange } from './stack-range.ts';
import { stackFrame } from './stack-access.ts';
import { spillSize } from '../rules/stack/spill-size.rule.ts';
import { stackUninitialized } from '../rules/stack/uninitialized.rule.ts';
import { stackVariableToHelper } from '../rules/stack/variable-offset.rule.ts';
import { reject } from '../rules/rule.ts';
import { constantNumber, isConstant, ZERO } from '../scalar/scalar.ts';
import { BYTE, byteKind, isSpilled, LIVE, SLOT_BYTES, type StackSlot } from '../state/cell.ts';
import { registerOf, slotOf, type Frame } from '../state/frame.ts';
import { scalarRegister, type Register } from '../state/register.ts';
import { markRead } from '../walk/liveness.ts';
import { copyRegister } from '../walk/registers.ts';
import { frameOf, unknownScalar, type Walk } from '../walk/walk.ts';

/**
 * Loads from the stack: check_stack_read(), kernel/bpf/verifier.c. The bounds were checked.
 *
 * @param target the register that is loaded; -1: none, the memory is only looked at
 * @throws Rejection
 */
export function readStack(
  walk: Walk,
  number: number,
  pointer: Register,
  offset: number,
  size: number,
  target: number,
): void {
  if (isConstant(pointer.scalar)) {
    readFixed(walk, stackFrame(walk, pointer), offset + constantNumber(pointer.scalar), size, target);
    return;
  }
  if (target < 0) reject(stackVariableToHelper, { register: number }, { registers: [number] });
  checkStackRange(walk, number, pointer, offset, size, { forHelper: false, raw: undefined, zeroAllowed: false });
  const { min, max } = offsetRange(pointer, offset);
  loadData(walk, stackFrame(walk, pointer), min, max + size, target);
}

/** check_stack_read_fixed_off(). */
function readFixed(walk: Walk, frame: Frame, offset: number, size: number, target: number): void {
  const top = -offset - 1;
  const slot = slotOf(frame, Math.floor(top / SLOT_BYTES));
  if (!isSpilled(slot)) {
    for (let index = 0; index < size; index++) {
      const kind = byteKind(slot, (top - index) % SLOT_BYTES);
      if (kind === BYTE.misc || kind === BYTE.zero) continue;
      if (kind === BYTE.invalid && walk.prepared.behaviours.uninitStackReadable) continue;
      reject(stackUninitialized, { offset: offset + index });
    }
    markRead(slot, slot.parent);
    if (target >= 0) loadData(walk, frame, offset, offset + size, target);
    return;
  }
  if (size !== SLOT_BYTES || spilledBytes(slot) !== SLOT_BYTES) {
    readPart(walk, slot, offset, size, target);
    return;
  }
  if (target >= 0) {
    const cell = registerOf(frameOf(walk), target);
    copyRegister(walk, slot, cell);
    cell.live |= LIVE.written;
  }
  markRead(slot, slot.parent);
}

/** A part of a spilled scalar, or one of which only a part was spilled. */
function readPart(walk: Walk, slot: StackSlot, offset: number, size: number, target: number): void {
  if (slot.register.type !== 'scalar') reject(spillSize, { what: 'read back from', size });
  markRead(slot, slot.parent);
  if (target < 0) return;
  const cell = registerOf(frameOf(walk), target);
  if (offset % SLOT_BYTES === 0 && size === spilledBytes(slot)) {
    copyRegister(walk, slot, cell);
  } else {
    const top = -offset - 1;
    for (let index = 0; index < size; index++) {
      const kind = byteKind(slot, (top - index) % SLOT_BYTES);
      if (kind === BYTE.spill || kind === BYTE.misc) continue;
      if (kind === BYTE.invalid && walk.prepared.behaviours.uninitStackReadable) continue;
      reject(stackUninitialized, { offset: offset + index });
    }
    cell.register = unknownScalar(walk);
  }
  cell.live |= LIVE.written;
}

/** Bytes of the register that lies in a slot. */
function spilledBytes(slot: StackSlot): number {
  let bytes = 0;
  for (let index = SLOT_BYTES - 1; index >= 0 && byteKind(slot, index) === BYTE.spill; index--) bytes++;
  return bytes;
}

/** mark_reg_stack_read(): zeros give 0, all else gives a number. */
function loadData(walk: Walk, frame: Frame, min: number, end: number, target: number): void {
  const cell = registerOf(frameOf(walk), target);
  cell.register = allZero(frame, min, end) ? scalarRegister(ZERO, 0, true) : unknownScalar(walk);
  cell.live |= LIVE.written;
}

function allZero(frame: Frame, min: number, end: number): boolean {
  for (let at = min; at < end; at++) {
    const top = -at - 1;
    const slot = frame.stack[Math.floor(top / SLOT_BYTES)];
    if (slot === undefined || byteKind(slot, top % SLOT_BYTES) !== BYTE.zero) return false;
  }
  return true;
}
