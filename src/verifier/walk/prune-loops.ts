import { maybeLooping } from './equal.ts';
import { statesAlike } from './equal-levels.ts';
import { exploredIndex } from './explored.ts';
import { beginHistory, ENTRY, remember } from './history.ts';
import { cleanState, connect, propagateLiveness } from './liveness.ts';
import { loopEntryOf, noteLoopEntry, sameCallSites } from './loops.ts';
import { forgetPrecision } from './precision.ts';
import { propagatePrecisionInFrames } from './precision-frames.ts';
import type { Explored, Walk } from './walk.ts';
import { infiniteLoop } from '../rules/flow/infinite-loop.rule.ts';
import { reject } from '../rules/rule.ts';
import { BYTE, byteKind, SLOT_BYTES } from '../state/cell.ts';
import { registerOf } from '../state/frame.ts';
import { copyState, currentFrame, type State } from '../state/state.ts';

/** Instructions in a history after which a state is stored in any case. */
const LONG_HISTORY = 40;

/**
 * At a point of pruning: whether a state was seen here from which all is known to be safe, and which this one is no more
 * than. is_state_visited(), kernel/bpf/verifier.c, since loops through iterators and callbacks are walked until nothing
 * new comes of them.
 *
 * @returns whether the rest of this path need not be walked
 * @throws Rejection for a loop that changes nothing
 */
export function isVisitedInLoops(walk: Walk): boolean {
  const { prepared, state, insn } = walk;
  walk.historyEntry = -1;
  state.lastInsn = walk.previousInsn;
  if (prepared.prunePoints[insn] === 1 && look(walk)) return true;
  if (prepared.jumpPoints[insn] === 1) remember(walk, 0, 0);
  return false;
}

function look(walk: Walk): boolean {
  const { prepared, state, insn } = walk;
  const isCheckpoint = prepared.checkpoints[insn] === 1;
  const isForced = isCheckpoint || state.historyEnd - state.historyStart > LONG_HISTORY * ENTRY;
  const jumps = walk.jumps - walk.storedJumps;
  const processed = walk.processed - walk.storedProcessed;
  let store = isForced || (jumps >= 2 && processed >= 8);
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
      if (isLoopDone(walk, entry.state)) return hit(walk, entry);
      // Iterations of a loop differ; storing each would not help.
      if (!isForced && jumps < 20 && processed < 100) store = false;
    } else {
      const loop = loopEntryOf(entry.state);
      const inLoop = loop !== undefined && loop.branches > 0;
      if (statesAlike(walk, entry.state, state, inLoop ? 'within' : 'safe')) {
        if (inLoop) noteLoopEntry(state, loop);
        return hit(walk, entry);
      }
    }
    if (store) entry.misses += 1;
    const patience = isCheckpoint && entry.state.branches > 0 ? 64 : 3;
    if (entry.misses > entry.hits * patience + patience) {
      // It is unlikely to be of use. States that come from it still know it as their parent.
      if (previous === undefined) walk.explored[index] = next;
      else previous.next = next;
    } else {
      previous = entry;
    }
    entry = next;
  }
  if (store) storeState(walk, index);
  return false;
}

/** A state that is still being walked: whether a loop came back to it and brings nothing new. */
function isLoopDone(walk: Walk, old: State): boolean {
  const { prepared, state, insn } = walk;
  const frame = currentFrame(old);
  if (frame.inAsyncCallback && frame.asyncEntries !== currentFrame(state).asyncEntries) return false;
  if (prepared.iteratorNexts[insn] === 1) {
    if (!statesAlike(walk, old, state, 'within') || !isIteratorActive(state)) return false;
    noteLoopEntry(state, old);
    return true;
  }
  if (prepared.callbackCalls[insn] === 1) return statesAlike(walk, old, state, 'within');
  const isEndless =
    maybeLooping(old, state) &&
    statesAlike(walk, old, state, 'exact') &&
    !iteratorDepthsDiffer(old, state) &&
    old.mayGotos === state.mayGotos &&
    old.callbacks === state.callbacks;
  if (isEndless) reject(infiniteLoop, { insn });
  return false;
}

/** Whether the iterator that R1 points to has elements left. */
function isIteratorActive(state: State): boolean {
  const { register } = registerOf(currentFrame(state), 1);
  const top = -(register.off + register.scalar.valueLo) - 1;
  return state.frames[register.frame]?.stack[Math.trunc(top / SLOT_BYTES)]?.iterator?.state === 'active';
}

/** iter_active_depths_differ(). */
function iteratorDepthsDiffer(old: State, current: State): boolean {
  return old.frames.some((frame, depth) =>
    frame.stack.some((slot, index) => {
      if (byteKind(slot, 0) !== BYTE.iterator || slot.iterator?.state !== 'active') return false;
      return current.frames[depth]?.stack[index]?.iterator?.depth !== slot.iterator.depth;
    }),
  );
}

function hit(walk: Walk, entry: Explored): true {
  entry.hits += 1;
  propagateLiveness(entry.state, walk.state);
  if (walk.prepared.jumpPoints[walk.insn] === 1) remember(walk, 0, 0);
  propagatePrecisionInFrames(walk, entry.state);
  return true;
}

/** clean_live_states(). */
function cleanFinished(first: Explored | undefined, insn: number, current: State): void {
  for (let entry = first; entry !== undefined; entry = entry.next) {
    const { state } = entry;
    if (state.branches > 0) continue;
    const loop = loopEntryOf(state);
    if (loop !== undefined && loop.branches > 0) continue;
    if (state.insn === insn && sameCallSites(state, current)) cleanState(state);
  }
}

function storeState(walk: Walk, index: number): void {
  const { state, insn } = walk;
  walk.storedJumps = walk.jumps;
  walk.storedProcessed = walk.processed;
  forgetPrecision(state);
  const stored = copyState(state);
  stored.insn = insn;
  state.parent = stored;
  state.firstInsn = insn;
  beginHistory(state);
  state.depth = stored.depth + 1;
  walk.explored[index] = { state: stored, next: walk.explored[index], misses: 0, hits: 0 };
  connect(state, stored);
}
