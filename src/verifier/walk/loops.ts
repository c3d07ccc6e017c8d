import { isSameRegister } from './equal-levels.ts';
import { createIdMap, type IdMap } from './ids.ts';
import { exploredIndex } from './explored.ts';
import type { Walk } from './walk.ts';
import { isSpilled, type Cell } from '../state/cell.ts';
import { registerOf, REGISTERS, slotOf } from '../state/frame.ts';
import { UNKNOWN_REGISTER } from '../state/register.ts';
import type { State } from '../state/state.ts';

/** get_loop_entry(): the outermost stored state whose loop a state is part of; shortens the way to it. */
export function loopEntryOf(state: State): State | undefined {
  let topmost = state.loopEntry;
  while (topmost?.loopEntry !== undefined && topmost !== topmost.loopEntry) topmost = topmost.loopEntry;
  let current: State | undefined = state;
  while (current !== undefined && current.loopEntry !== topmost) {
    const next: State | undefined = current.loopEntry;
    current.loopEntry = topmost;
    current = next;
  }
  return topmost;
}

/** update_loop_entry(): a state came back to one that is still being walked. */
export function noteLoopEntry(current: State, entry: State): void {
  const outer = loopEntryOf(current) ?? current;
  const outerEntry = loopEntryOf(entry) ?? entry;
  if (outerEntry.branches > 0 && outerEntry.depth <= outer.depth) current.loopEntry = entry;
}

/** same_callsites(). */
export function sameCallSites(a: State, b: State): boolean {
  return (
    a.frames.length === b.frames.length &&
    a.frames.every((frame, depth) => frame.callSite === b.frames[depth]?.callSite)
  );
}

/** find_prev_entry(): a stored state at a slot that the current path comes from. */
export function previousEntry(walk: Walk, current: State, insn: number): State | undefined {
  for (let entry = walk.explored[exploredIndex(walk, insn)]; entry !== undefined; entry = entry.next) {
    const { state } = entry;
    const isBefore = state.insn === insn && state.branches > 0 && state.depth < current.depth;
    if (isBefore && sameCallSites(state, current)) return state;
  }
  return undefined;
}

/**
 * Numbers that changed since the last time round, and on which nothing relied yet, are taken for unknown, so that a loop
 * comes to an end: widen_imprecise_scalars().
 */
export function widen(walk: Walk, old: State, current: State): void {
  const ids = createIdMap(walk.lastId);
  for (let depth = old.frames.length - 1; depth >= 0; depth--) {
    const frame = old.frames[depth];
    const other = current.frames[depth];
    if (frame === undefined || other === undefined) continue;
    for (let number = 0; number < REGISTERS; number++) {
      widenCell(registerOf(frame, number), registerOf(other, number), ids);
    }
    const slots = Math.min(frame.stack.length, other.stack.length);
    for (let index = 0; index < slots; index++) {
      const slot = slotOf(frame, index);
      const otherSlot = slotOf(other, index);
      if (isSpilled(slot) && isSpilled(otherSlot)) widenCell(slot, otherSlot, ids);
    }
  }
}

function widenCell(old: Cell, current: Cell, ids: IdMap): void {
  const a = old.register;
  const b = current.register;
  if (a.type !== 'scalar' || b.type !== 'scalar' || a.precise || b.precise) return;
  if (!isSameRegister(a, b, ids)) current.register = UNKNOWN_REGISTER;
}
