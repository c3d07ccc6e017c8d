import { offsetRange } from './offsets.ts';
import { checkStackBounds, noteStackDepth, stackFrame } from './stack-access.ts';
import { stackUninitialized } from '../rules/stack/uninitialized.rule.ts';
import { zeroSizedRead } from '../rules/stack/zero-size.rule.ts';
import { reject } from '../rules/rule.ts';
import { isConstant } from '../scalar/scalar.ts';
import { BYTE, byteKind, isSpilled, scrubSlot, setByteKind, SLOT_BYTES, type StackSlot } from '../state/cell.ts';
import type { Register } from '../state/register.ts';
import { markRead } from '../walk/liveness.ts';
import { unknownScalar, type Walk } from '../walk/walk.ts';

/** Memory that a helper is going to fill: it need not be initialized, and is when the helper returns. */
export interface RawMemory {
  register: number;
  size: number;
}

export interface StackRangeUse {
  /** Through a helper, which may write anything there. */
  readonly forHelper: boolean;
  /** Where the range is noted down if the helper only fills it. */
  readonly raw: RawMemory | undefined;
  readonly zeroAllowed: boolean;
}

/**
 * A range of the stack is initialized: check_stack_range_initialized(), kernel/bpf/verifier.c.
 *
 * @param offset with the pointer's own, without its variable part
 * @throws Rejection if it is not
 */
export function checkStackRange(
  walk: Walk,
  number: number,
  pointer: Register,
  offset: number,
  size: number,
  use: StackRangeUse,
): void {
  const { behaviours } = walk.prepared;
  if (size === 0 && !use.zeroAllowed) reject(zeroSizedRead, { register: number }, { registers: [number] });
  checkStackBounds(walk, number, pointer, offset, size, use.forHelper);
  const frame = stackFrame(walk, pointer);
  const { min, max } = offsetRange(pointer, offset);
  // Where it lies is not known: all of it has to be initialized before.
  if (use.raw !== undefined && isConstant(pointer.scalar)) {
    use.raw.register = number;
    use.raw.size = size;
    return;
  }
  for (let at = min; at < max + size; at++) {
    const top = -at - 1;
    const slot = frame.stack[Math.floor(top / SLOT_BYTES)];
    if (slot === undefined || !useByte(walk, slot, top % SLOT_BYTES, use.forHelper)) {
      reject(stackUninitialized, { offset: at }, { registers: [number] });
    }
    markRead(slot, slot.parent);
  }
  if (!behaviours.growsStackOnAccess) noteStackDepth(walk, frame, -min);
}

/** @returns whether the byte may be used */
function useByte(walk: Walk, slot: StackSlot, index: number, clobber: boolean): boolean {
  const { behaviours } = walk.prepared;
  const kind = byteKind(slot, index);
  if (kind === BYTE.misc) return true;
  if (kind === BYTE.zero || (kind === BYTE.invalid && behaviours.uninitStackReadable)) {
    if (clobber) setByteKind(slot, index, BYTE.misc);
    return true;
  }
  if (!isSpilled(slot)) return false;
  if (behaviours.helpersKeepSpilledObjects && slot.register.type === 'btf') return true;
  if (clobber) {
    slot.register = unknownScalar(walk);
    scrubSlot(slot);
  }
  return true;
}
