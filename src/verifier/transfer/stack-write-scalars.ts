import { assignId } from './arithmetic.ts';
import { offsetRange } from './offsets.ts';
import { stackFrame } from './stack-access.ts';
import { CLASS, MODE } from '../../program/encoding.ts';
import { spillToCaller } from '../rules/stack/pointer-to-caller.rule.ts';
import { spillSize } from '../rules/stack/spill-size.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { constantFromInt, constantNumber, isConstant, isConstantZero, unsignedMax } from '../scalar/scalar.ts';
import { BYTE, byteKind, LIVE, scrubSlot, setByteKind, SLOT_BYTES, type StackSlot } from '../state/cell.ts';
import { registerOf, slotOf, type Frame } from '../state/frame.ts';
import { isNull, NOT_INIT, scalarRegister, type Register } from '../state/register.ts';
import { remember, stackAccess } from '../walk/history.ts';
import { markPrecise } from '../walk/precision.ts';
import { frameOf, type Walk } from '../walk/walk.ts';

/**
 * Stores to the stack: check_stack_write(), kernel/bpf/verifier.c, since every scalar is spilled, whatever is known of it.
 * The bounds were checked.
 *
 * @param value the register that is stored; -1: an immediate, or something unknown
 * @throws Rejection
 */
export function writeStackScalars(walk: Walk, pointer: Register, offset: number, size: number, value: number): void {
  if (isConstant(pointer.scalar)) {
    writeFixed(walk, stackFrame(walk, pointer), offset + constantNumber(pointer.scalar), size, value);
  } else {
    writeVariable(walk, pointer, offset, size, value);
  }
}

/** check_stack_write_fixed_off(). */
function writeFixed(walk: Walk, frame: Frame, offset: number, size: number, value: number): void {
  const top = -offset - 1;
  const index = Math.floor(top / SLOT_BYTES);
  const slot = slotOf(frame, index);
  const current = frameOf(walk);
  const cell = value >= 0 ? registerOf(current, value) : undefined;
  const isAligned = offset % SLOT_BYTES === 0;
  refuseDynptr(slot);
  if (cell?.register.type === 'scalar' && isAligned) {
    const fits = unsignedMax(cell.register.scalar) < 2 ** (8 * size);
    if (fits) assignId(walk, cell);
    spill(slot, cell.register, size);
    if (!fits) slot.register = { ...slot.register, id: 0 };
    remember(walk, stackAccess(frame.depth, index), 0);
    return;
  }
  const immediate = value < 0 ? storedImmediate(walk) : undefined;
  if (immediate !== undefined && isAligned) {
    spill(slot, scalarRegister(constantFromInt(immediate)), size);
    remember(walk, stackAccess(frame.depth, index), 0);
    return;
  }
  if (cell !== undefined && isSpillable(cell.register)) {
    if (size !== SLOT_BYTES) reject(spillSize, { what: 'written to', size }, { registers: [value] });
    if (frame !== current && cell.register.type === 'stack') reject(spillToCaller, {}, { registers: [value] });
    spill(slot, cell.register, size);
    remember(walk, stackAccess(frame.depth, index), 0);
    return;
  }
  const isZero = cell === undefined ? immediate === 0 : isNull(cell.register);
  scrubSpecial(slot);
  if (size === SLOT_BYTES) slot.live |= LIVE.written;
  if (isZero && value >= 0) markPrecise(walk, value);
  for (let at = 0; at < size; at++) setByteKind(slot, (top - at) % SLOT_BYTES, isZero ? BYTE.zero : BYTE.misc);
}

/** The immediate of BPF_ST. */
function storedImmediate(walk: Walk): number | undefined {
  const { code } = walk.prepared;
  const opcode = code.opcode[walk.insn] ?? 0;
  return (opcode & 7) === CLASS.st && (opcode & 0xe0) === MODE.mem ? code.imm[walk.insn] : undefined;
}

/** is_spillable_regtype(). */
function isSpillable({ type }: Register): boolean {
  return type !== 'scalar' && type !== 'tp_buffer' && type !== 'dynptr' && type !== 'not_init';
}

/** save_register_state(): what of the slot is not written is data, unless it is nothing or 0. */
function spill(slot: StackSlot, register: Register, size: number): void {
  slot.register = register;
  slot.iterator = undefined;
  if (size === SLOT_BYTES) slot.live |= LIVE.written;
  for (let at = SLOT_BYTES - 1; at >= 0; at--) {
    if (at >= SLOT_BYTES - size) {
      setByteKind(slot, at, BYTE.spill);
      continue;
    }
    const kind = byteKind(slot, at);
    if (kind !== BYTE.zero && kind !== BYTE.invalid) setByteKind(slot, at, BYTE.misc);
  }
}

/** scrub_special_slot(). */
function scrubSpecial(slot: StackSlot): void {
  slot.register = NOT_INIT;
  slot.iterator = undefined;
  const last = byteKind(slot, SLOT_BYTES - 1);
  if (last === BYTE.spill || last === BYTE.iterator) scrubSlot(slot);
}

function refuseDynptr(slot: StackSlot): void {
  if (byteKind(slot, 0) === BYTE.dynptr) throw new NotModelled('a store over a dynamic pointer');
}

/** check_stack_write_var_off(): any slot in reach may be written. */
function writeVariable(walk: Walk, pointer: Register, offset: number, size: number, value: number): void {
  const frame = stackFrame(walk, pointer);
  const { min, max } = offsetRange(pointer, offset);
  const isZero = value >= 0 ? isNull(registerOf(frameOf(walk), value).register) : storedImmediate(walk) === 0;
  let keepsZero = false;
  for (let at = min; at < max + size; at++) {
    const top = -at - 1;
    const slot = slotOf(frame, Math.floor(top / SLOT_BYTES));
    const index = top % SLOT_BYTES;
    refuseDynptr(slot);
    if (isZero && byteKind(slot, index) === BYTE.spill && isSpilledZero(slot)) {
      keepsZero = true;
      continue;
    }
    scrubSpecial(slot);
    const staysZero = isZero && byteKind(slot, index) === BYTE.zero;
    if (staysZero) keepsZero = true;
    setByteKind(slot, index, staysZero ? BYTE.zero : BYTE.misc);
  }
  if (keepsZero && value >= 0) markPrecise(walk, value);
}

function isSpilledZero(slot: StackSlot): boolean {
  return (
    byteKind(slot, SLOT_BYTES - 1) === BYTE.spill &&
    slot.register.type === 'scalar' &&
    isConstantZero(slot.register.scalar)
  );
}
