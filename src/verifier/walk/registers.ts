import { framePointer } from '../rules/register/frame-pointer.rule.ts';
import { notReadable } from '../rules/register/not-readable.rule.ts';
import { noSuchRegister } from '../rules/register/unknown.rule.ts';
import { reject } from '../rules/rule.ts';
import { markRead } from './liveness.ts';
import { frameOf, unknownScalar, type Walk } from './walk.ts';
import { LIVE, type Cell } from '../state/cell.ts';
import { CALLER_SAVED, FRAME_POINTER, registerOf, REGISTERS, type Frame } from '../state/frame.ts';
import { NOT_INIT, type Register } from '../state/register.ts';

/** A register is used as source: check_reg_arg(SRC_OP). @throws Rejection if it may not be */
export function readSource(walk: Walk, number: number): Register {
  if (number >= REGISTERS) reject(noSuchRegister, { register: number });
  const cell = registerOf(frameOf(walk), number);
  if (cell.register.type === 'not_init') reject(notReadable, { register: number });
  if (number !== FRAME_POINTER) markRead(cell, cell.parent);
  return cell.register;
}

/** A register is about to be written: check_reg_arg(DST_OP_NO_MARK). @throws Rejection if it may not be */
export function markWritten(walk: Walk, number: number): Cell {
  if (number >= REGISTERS) reject(noSuchRegister, { register: number });
  if (number === FRAME_POINTER) reject(framePointer, {});
  const cell = registerOf(frameOf(walk), number);
  cell.live |= LIVE.written;
  return cell;
}

/** Puts a value into a register that is known to be writable. */
export function setRegister(walk: Walk, number: number, register: Register): void {
  registerOf(frameOf(walk), number).register = register;
}

/** A register gets an unknown scalar: check_reg_arg(DST_OP). @throws Rejection if it may not be written */
export function writeUnknown(walk: Walk, number: number): void {
  markWritten(walk, number).register = unknownScalar(walk);
}

/**
 * Copies a register. Until v6.1 the liveness of the source goes along, which makes a difference to pruning.
 *
 * @param to written already
 */
export function copyRegister(walk: Walk, from: Cell, to: Cell): void {
  to.register = from.register;
  if (walk.prepared.behaviours.copiesLiveness) {
    to.live = from.live;
    to.parent = from.parent;
  }
}

/**
 * A call leaves R0 to R5 unreadable: clear_caller_saved_regs(). What counts as written are those of the current frame,
 * also where a callback was entered.
 *
 * @param frame of the caller
 */
export function clearCallerSaved(walk: Walk, frame: Frame): void {
  const current = walk.prepared.behaviours.linksScalars ? frame : frameOf(walk);
  for (let number = 0; number < CALLER_SAVED; number++) {
    registerOf(frame, number).register = NOT_INIT;
    registerOf(current, number).live |= LIVE.written;
  }
}
