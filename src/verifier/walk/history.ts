import type { State } from '../state/state.ts';
import type { Walk } from './walk.ts';

/** Numbers of an entry: the slot, the one before it, what it did (bits of DID), and which set of linked scalars; 0: none. */
export const ENTRY = 4;

/** What an instruction did, besides a frame in the lowest three bits and a stack slot in the six above. */
export const DID = { accessStack: 1 << 9, dstIsStack: 1 << 10, srcIsStack: 1 << 11 } as const;

/** What an instruction did to a slot of a frame's stack: insn_stack_access_flags(), kernel/bpf/verifier.c. */
export function stackAccess(depth: number, slot: number): number {
  return DID.accessStack | (slot << 3) | depth;
}

/**
 * Remembers that the current instruction was passed, and what it did that backtracking has to know:
 * push_insn_history(). States keep where their part of the history begins and ends.
 *
 * @param linked one more than the index of a set in walk.linked; 0: none
 */
export function remember(walk: Walk, flags: number, linked: number): void {
  const { history, historyEntry } = walk;
  if (historyEntry >= 0) {
    history[historyEntry + 2] = (history[historyEntry + 2] ?? 0) | flags;
    history[historyEntry + 3] = linked;
    return;
  }
  const { state } = walk;
  const at = state.historyEnd;
  history[at] = walk.insn;
  history[at + 1] = walk.previousInsn;
  history[at + 2] = flags;
  history[at + 3] = linked;
  walk.historyEntry = at;
  state.historyEnd = at + ENTRY;
}

/** A state begins: its history is empty. */
export function beginHistory(state: State): void {
  state.historyStart = state.historyEnd;
}
