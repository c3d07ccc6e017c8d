import { maybeLooping, statesEqual } from './equal.ts';
import { exploredIndex } from './explored.ts';
import { cleanState, connect, propagateLiveness } from './liveness.ts';
import { forgetPrecision, markPrecise, markSlotPrecise } from './precision.ts';
import { isVisitedInLoops } from './prune-loops.ts';
import type { Explored, Walk } from './walk.ts';
import { infiniteLoop } from '../rules/flow/infinite-loop.rule.ts';
import { reject } from '../rules/rule.ts';
import { isSpilled, LIVE } from '../state/cell.ts';
import { FRAME_POINTER, registerOf } from '../state/frame.ts';
import { copyState, currentFrame, type State } from '../state/state.ts';

/**
 * At a point of pruning: whether a state was seen here from which all is known to be safe, and which this one is no more
 * than. Else this state may be stored. is_state_visited(), kernel/bpf/verifier.c.
 *
 * @returns whether the rest of this path need not be walked
 * @throws Rejection for a loop that changes nothing
 */
export function isVisited(walk: Walk): boolean {
  const { prepared, state, insn } = walk;
  const { behaviours } = prepared;
  if (behaviours.historyOfInstructions) return isVisitedInLoops(walk);
  state.lastInsn = walk.previousInsn;
  if (prepared.prunePoints[insn] === 0) {
    if (behaviours.jumpPoints) pushHistory(walk);
    return false;
  }
  const jumps = walk.jumps - walk.storedJumps;
  const processed = walk.processed - walk.storedProcessed;
  let store = jumps >= 2 && processed >= 8;

  const index = exploredIndex(walk, insn);
  cleanFinished(walk.explored[index], insn, state);
  let previous: Explored | undefined;
  let entry = walk.explored[index];
  while (entry !== undefined) {
    const { next } = entry;
    if (entry.state.insn !== insn) {
      previous = entry;
      entry = next;
      continue;
    }
    if (entry.state.branches > 0) {
      if (isEndlessLoop(walk, entry.state)) reject(infiniteLoop, { insn });
      // Iterations of a loop differ; storing each would not help.
      if (jumps < 20 && processed < 100) store = false;
    } else if (statesEqual(prepared, entry.state, state)) {
      entry.hits += 1;
      propagateLiveness(entry.state, state);
      pushHistory(walk);
      propagatePrecision(walk, entry.state);
      return true;
    }
    if (store) entry.misses += 1;
    if (entry.misses > entry.hits * 3 + 3) {
      // It is unlikely to be of use. States that come from it still know it as their parent.
      if (previous === undefined) walk.explored[index] = next;
      else previous.next = next;
    } else {
      previous = entry;
    }
    entry = next;
  }
  if (store) storeState(walk, index);
  else pushHistory(walk);
  return false;
}

/** clean_live_states(). */
function cleanFinished(first: Explored | undefined, insn: number, current: State): void {
  for (let entry = first; entry !== undefined; entry = entry.next) {
    const { state } = entry;
    if (state.branches > 0 || state.insn !== insn || state.frames.length !== current.frames.length) continue;
    if (state.frames.every((frame, depth) => frame.callSite === current.frames[depth]?.callSite)) cleanState(state);
  }
}

function isEndlessLoop(walk: Walk, old: State): boolean {
  const frame = currentFrame(old);
  // Another entry into the callback of a timer is no loop.
  if (frame.inAsyncCallback && frame.asyncEntries !== currentFrame(walk.state).asyncEntries) return false;
  return maybeLooping(old, walk.state) && statesEqual(walk.prepared, old, walk.state);
}

/** push_jmp_history(). */
function pushHistory(walk: Walk): void {
  const { prepared, state, insn } = walk;
  if (prepared.behaviours.jumpPoints && prepared.jumpPoints[insn] === 0) return;
  state.history = { insn, previousInsn: walk.previousInsn, before: state.history };
}

function storeState(walk: Walk, index: number): void {
  const { state, insn } = walk;
  walk.storedJumps = walk.jumps;
  walk.storedProcessed = walk.processed;
  if (walk.prepared.behaviours.forgetsPrecision) forgetPrecision(state);
  const stored = copyState(state);
  stored.insn = insn;
  state.parent = stored;
  state.firstInsn = insn;
  state.history = undefined;
  state.marked = undefined;
  walk.explored[index] = { state: stored, next: walk.explored[index], misses: 0, hits: 0 };
  connect(state, stored);
}

/** propagate_precision(): what had to be precise in the equal state has to be in the states before this one. */
function propagatePrecision(walk: Walk, equal: State): void {
  const { forgetsPrecision, precisionOfFrames } = walk.prepared.behaviours;
  const last = equal.frames.length - 1;
  const lowest = precisionOfFrames ? 0 : last;
  for (let depth = last; depth >= lowest; depth--) {
    const frame = equal.frames[depth];
    if (frame === undefined) continue;
    for (let number = 0; number < FRAME_POINTER; number++) {
      const cell = registerOf(frame, number);
      if (cell.register.type !== 'scalar' || !cell.register.precise) continue;
      if (forgetsPrecision && (cell.live & LIVE.read) === 0) continue;
      markPrecise(walk, number, depth);
    }
    for (const [index, slot] of frame.stack.entries()) {
      if (!isSpilled(slot) || slot.register.type !== 'scalar' || !slot.register.precise) continue;
      if (forgetsPrecision && (slot.live & LIVE.read) === 0) continue;
      markSlotPrecise(walk, index, depth);
    }
  }
}
