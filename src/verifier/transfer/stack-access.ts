import { offsetRange } from './offsets.ts';
import { stackOutOfBounds } from '../rules/stack/out-of-bounds.rule.ts';
import { stackUnbounded } from '../rules/stack/unbounded.rule.ts';
import { reject } from '../rules/rule.ts';
import { isConstant, signedMax, signedMin } from '../scalar/scalar.ts';
import { growStack, STACK_BYTES, stackBytes, type Frame } from '../state/frame.ts';
import type { Register } from '../state/register.ts';
import type { Walk } from '../walk/walk.ts';

/** BPF_MAX_VAR_OFF. */
const MAX_VARIABLE_OFFSET = 2 ** 29;

/** The frame that a pointer to the stack points into. */
export function stackFrame(walk: Walk, pointer: Register): Frame {
  return walk.state.frames[pointer.frame] as Frame;
}

/**
 * An access lies within the stack: check_stack_access_within_bounds(), kernel/bpf/verifier.c.
 *
 * @param offset with the pointer's own, without its variable part
 * @param mayGrow writes, and helpers, may use stack that nothing used before
 * @throws Rejection if it does not
 */
export function checkStackBounds(
  walk: Walk,
  number: number,
  pointer: Register,
  offset: number,
  size: number,
  mayGrow: boolean,
): void {
  const { behaviours } = walk.prepared;
  const { scalar } = pointer;
  if (!isConstant(scalar) && (signedMax(scalar) >= MAX_VARIABLE_OFFSET || signedMin(scalar) <= -MAX_VARIABLE_OFFSET)) {
    reject(stackUnbounded, { register: number }, { registers: [number] });
  }
  const frame = stackFrame(walk, pointer);
  const { min, max } = offsetRange(pointer, offset);
  const lowest = mayGrow || behaviours.uninitStackReadable ? -STACK_BYTES : -stackBytes(frame);
  const where =
    min === max ? `bytes ${String(min)} to ${String(min + size - 1)}` : `byte ${String(min)} to ${String(max + size)}`;
  const refuse = (): never => reject(stackOutOfBounds, { register: number, where }, { registers: [number] });
  if (behaviours.growsStackOnAccess) {
    if (min < lowest || min > -1) refuse();
    if (max + size > 0) reject(stackOutOfBounds, { register: number, where }, { registers: [number], errno: -22 });
    growFrame(walk, frame, -min);
    return;
  }
  const last = size > 0 ? max + size - 1 : min;
  if (min < lowest || min > -1 || last < lowest || last > -1) refuse();
}

/** grow_stack_state(); from v6.1 on this also is what counts as the function's use of stack. */
export function growFrame(walk: Walk, frame: Frame, bytes: number): void {
  const rounded = Math.ceil(bytes / 8) * 8;
  growStack(frame, rounded);
  if (walk.prepared.behaviours.growsStackOnAccess) noteStackDepth(walk, frame, rounded);
}

/** update_stack_depth(): the most bytes of stack that a function uses. */
export function noteStackDepth(walk: Walk, frame: Frame, bytes: number): void {
  const subprogram = walk.prepared.subprograms[frame.subprogram];
  if (subprogram !== undefined && subprogram.stackDepth < bytes) subprogram.stackDepth = bytes;
}
