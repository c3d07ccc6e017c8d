import { offsetRange } from './offsets.ts';
import { growFrame, stackFrame } from './stack-access.ts';
import { CLASS, MODE } from '../../program/encoding.ts';
import { spillToCaller } from '../rules/stack/pointer-to-caller.rule.ts';
import { spillSize } from '../rules/stack/spill-size.rule.ts';
import { reject } from '../rules/rule.ts';
import { constantFromInt, constantNumber, isConstant, UNKNOWN, unsignedMax, equalScalars } from '../scalar/scalar.ts';
import {
  BYTE,
  byteKind,
  isSpilled,
  LIVE,
  scrubByte,
  scrubSlot,
  setByteKind,
  SLOT_BYTES,
  type Cell,
  type StackSlot,
} from '../state/cell.ts';
import { FRAME_POINTER, registerOf, slotOf, type Frame } from '../state/frame.ts';
import { isNull, NOT_INIT, scalarRegister, type Register } from '../state/register.ts';
import { markPrecise } from '../walk/precision.ts';
import { frameOf, type Walk } from '../walk/walk.ts';

/**
 * Stores to the stack: check_stack_write(), kernel/bpf/verifier.c. The bounds were checked.
 *
 * @param value the register that is stored; -1: an immediate, or something unknown
 * @throws Rejection
 */
export function writeStack(walk: Walk, pointer: Register, offset: number, size: number, value: number): void {
  if (isConstant(pointer.scalar)) {
    writeFixed(walk, stackFrame(walk, pointer), offset + constantNumber(pointer.scalar), size, value);
  } else {
    writeVariable(walk, pointer, offset, size, value);
  }
}

/** check_stack_write_fixed_off(). */
function writeFixed(walk: Walk, frame: Frame, offset: number, size: number, value: number): void {
  const top = -offset - 1;
  if (!walk.prepared.behaviours.growsStackOnAccess) growFrame(walk, frame, top + 1);
  const slot = slotOf(frame, Math.floor(top / SLOT_BYTES));
  const current = frameOf(walk);
  const cell = value >= 0 ? registerOf(current, value) : undefined;
  const register = cell?.register;
  const isAligned = offset % SLOT_BYTES === 0;
  if (cell !== undefined && isAligned && isBounded(cell.register) && !isNull(cell.register)) {
    // Backtracking only knows the stack by R10; what goes there another way has to be precise from here on.
    if (walk.prepared.code.dst[walk.insn] !== FRAME_POINTER) markPrecise(walk, value);
    spill(walk, slot, registerOf(current, value), size);
    const { narrowSpillLosesId } = walk.prepared.behaviours;
    if (
      size < SLOT_BYTES &&
      narrowSpillLosesId &&
      slot.register.id !== 0 &&
      unsignedMax(slot.register.scalar) >= 2 ** (8 * size)
    ) {
      slot.register = { ...slot.register, id: 0 };
    }
    return;
  }
  const immediate = value < 0 ? storedImmediate(walk) : undefined;
  if (immediate !== undefined && immediate !== 0 && isAligned) {
    spill(walk, slot, { register: scalarRegister(constantFromInt(immediate)), live: 0, parent: undefined }, size);
    return;
  }
  if (cell !== undefined && isSpillable(cell.register)) {
    if (size !== SLOT_BYTES) reject(spillSize, { what: 'written to', size }, { registers: [value] });
    if (frame !== current && cell.register.type === 'stack') reject(spillToCaller, {}, { registers: [value] });
    spill(walk, slot, cell, size);
    return;
  }
  writeData(walk, slot, top, size, value, register !== undefined ? isNull(register) : immediate === 0);
}

/** The immediate of BPF_ST, on kernels that keep it. */
function storedImmediate(walk: Walk): number | undefined {
  const { behaviours, code } = walk.prepared;
  const opcode = code.opcode[walk.insn] ?? 0;
  if (!behaviours.storesImmediates || (opcode & 7) !== CLASS.st || (opcode & 0xe0) !== MODE.mem) return undefined;
  return code.imm[walk.insn];
}

/** register_is_bounded(): a scalar of which something is known. */
function isBounded(register: Register): boolean {
  return register.type === 'scalar' && register.scalar !== UNKNOWN && !equalScalars(register.scalar, UNKNOWN);
}

/** is_spillable_regtype(). */
function isSpillable({ type }: Register): boolean {
  return type !== 'scalar' && type !== 'tp_buffer' && type !== 'dynptr';
}

/** save_register_state(). */
function spill(walk: Walk, slot: StackSlot, from: Cell, size: number): void {
  slot.register = from.register;
  if (walk.prepared.behaviours.copiesLiveness) {
    slot.live = from.live;
    slot.parent = from.parent;
  }
  if (size === SLOT_BYTES) slot.live |= LIVE.written;
  for (let index = SLOT_BYTES - 1; index >= 0; index--) {
    if (index >= SLOT_BYTES - size) setByteKind(slot, index, BYTE.spill);
    else scrubByte(slot, index);
  }
}

/** What is no register: bytes of data, or zeros. */
function writeData(walk: Walk, slot: StackSlot, top: number, size: number, value: number, isZero: boolean): void {
  slot.register = NOT_INIT;
  if (isSpilled(slot)) scrubSlot(slot);
  if (size === SLOT_BYTES) slot.live |= LIVE.written;
  if (isZero && value >= 0) markPrecise(walk, value);
  const kind = isZero ? BYTE.zero : BYTE.misc;
  for (let index = 0; index < size; index++) setByteKind(slot, (top - index) % SLOT_BYTES, kind);
}

/** check_stack_write_var_off(): any slot in reach may be written. */
function writeVariable(walk: Walk, pointer: Register, offset: number, size: number, value: number): void {
  const frame = stackFrame(walk, pointer);
  const { min, max } = offsetRange(pointer, offset);
  const isZero = value >= 0 && isNull(registerOf(frameOf(walk), value).register);
  if (!walk.prepared.behaviours.growsStackOnAccess) growFrame(walk, frame, -min);
  let keepsZero = false;
  for (let at = min; at < max + size; at++) {
    const top = -at - 1;
    const slot = slotOf(frame, Math.floor(top / SLOT_BYTES));
    const index = top % SLOT_BYTES;
    slot.register = NOT_INIT;
    const staysZero = isZero && byteKind(slot, index) === BYTE.zero;
    if (staysZero) keepsZero = true;
    setByteKind(slot, index, staysZero ? BYTE.zero : BYTE.misc);
  }
  if (keepsZero) markPrecise(walk, value);
}
