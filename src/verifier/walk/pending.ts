import { noteLoopEntry } from './loops.ts';
import type { Walk } from './walk.ts';
import { tooManyBranches } from '../rules/limit/branches.rule.ts';
import { reject } from '../rules/rule.ts';
import { copyState, type State } from '../state/state.ts';

/** BPF_COMPLEXITY_LIMIT_JMP_SEQ. */
const LIMIT = 8192;

/**
 * A copy of the current state, to be walked later from another slot: push_stack(), kernel/bpf/verifier.c.
 *
 * @throws Rejection if there are too many
 */
export function pushPending(walk: Walk, insn: number, previousInsn: number): State {
  const state = copyState(walk.state);
  keepPending(walk, state, insn, previousInsn);
  if (state.parent !== undefined) state.parent.branches += 1;
  return state;
}

/** Keeps a state to be walked later. @throws Rejection if there are too many */
export function keepPending(walk: Walk, state: State, insn: number, previousInsn: number): void {
  walk.pending.push({ state, insn, previousInsn });
  if (walk.pending.length > LIMIT) reject(tooManyBranches, { count: walk.pending.length });
}

/**
 * One path is done: the stored states that it comes from have one less to wait for. update_branch_counts().
 */
export function countDown(state: State): void {
  for (let current: State | undefined = state; current !== undefined; current = current.parent) {
    current.branches -= 1;
    if (current.branches === 0 && current.parent !== undefined && current.loopEntry !== undefined) {
      noteLoopEntry(current.parent, current.loopEntry);
    }
    if (current.branches > 0) break;
  }
}
