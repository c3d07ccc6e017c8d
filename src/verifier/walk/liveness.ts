import { BYTE, LIVE, setAllBytes, type Cell } from '../state/cell.ts';
import { FRAME_POINTER, registerOf, slotOf, type Frame } from '../state/frame.ts';
import { NOT_INIT } from '../state/register.ts';
import type { State } from '../state/state.ts';

/**
 * A cell is read: the states it comes from depend on it, up to the one where it was written. mark_reg_read(),
 * kernel/bpf/verifier.c; here 32- and 64-bit reads are one.
 *
 * @param parent the cell's parent, or that of an equal state
 */
export function markRead(cell: Cell, parent: Cell | undefined): void {
  let writes = parent === cell.parent;
  let from = cell;
  let to = parent;
  while (to !== undefined) {
    if (writes && (from.live & LIVE.written) !== 0) break;
    if ((to.live & LIVE.read) !== 0) break;
    to.live |= LIVE.read;
    from = to;
    to = from.parent;
    writes = true;
  }
}

/** What the rest of an equal state reads, this one reads as well: propagate_liveness(). */
export function propagateLiveness(equal: State, current: State): void {
  const last = equal.frames.length - 1;
  for (const [depth, frame] of equal.frames.entries()) {
    const target = current.frames[depth];
    if (target === undefined) continue;
    for (let number = depth < last ? 6 : 0; number < FRAME_POINTER; number++) {
      propagate(registerOf(frame, number), registerOf(target, number));
    }
    const slots = Math.min(frame.stack.length, target.stack.length);
    for (let index = 0; index < slots; index++) propagate(slotOf(frame, index), slotOf(target, index));
  }
}

function propagate(cell: Cell, parent: Cell): void {
  if ((parent.live & LIVE.read) !== 0 || (cell.live & LIVE.read) === 0) return;
  markRead(cell, parent);
}

/**
 * All that follows a state has been walked: what was never read of it does not matter and is forgotten.
 * clean_verifier_state().
 */
export function cleanState(state: State): void {
  const first = state.frames[0];
  if (first === undefined || (registerOf(first, 0).live & LIVE.done) !== 0) return;
  for (const frame of state.frames) cleanFrame(frame);
}

function cleanFrame(frame: Frame): void {
  for (let number = 0; number < FRAME_POINTER; number++) {
    const cell = registerOf(frame, number);
    if ((cell.live & LIVE.read) === 0) cell.register = NOT_INIT;
    cell.live |= LIVE.done;
  }
  for (const slot of frame.stack) {
    if ((slot.live & LIVE.read) === 0) {
      slot.register = NOT_INIT;
      slot.iterator = undefined;
      setAllBytes(slot, BYTE.invalid);
    }
    slot.live |= LIVE.done;
  }
}

/** Connects the current state to the one just stored, of which it is a copy: the end of is_state_visited(). */
export function connect(current: State, stored: State): void {
  const last = current.frames.length - 1;
  for (const [depth, frame] of current.frames.entries()) {
    const parent = stored.frames[depth];
    if (parent === undefined) continue;
    // Of callers only R6 to R9 live on; R1 to R5 stay connected to the state of the call.
    for (let number = 0; number < FRAME_POINTER; number++) {
      const cell = registerOf(frame, number);
      if (depth === last || number >= 6) cell.parent = registerOf(parent, number);
      cell.live = 0;
    }
    for (const [index, slot] of frame.stack.entries()) {
      slot.live = 0;
      slot.parent = slotOf(parent, index);
    }
  }
}
