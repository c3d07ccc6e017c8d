import type { State } from '../verifier/state/state.ts';
import type { Walk } from '../verifier/walk/walk.ts';

/** Tells, step by step, from which step of a walk each step goes on. */
export interface PathTracker {
  /**
   * To be called at each step of a walk, also at one where a path ends since its state is known.
   *
   * @returns the number of the step before on the same path, from 0; -1 where a function begins
   */
  readonly enter: (walk: Walk) => number;
}

/**
 * A walk is depth first: where a path ends, the one that was put aside last goes on (pop_stack(), kernel/bpf/verifier.c).
 * What a step puts aside is its own, whenever it goes on.
 */
export function createPathTracker(): PathTracker {
  const putAsideBy = new WeakMap<State, number>();
  let last = -1;
  return {
    enter(walk) {
      const { pending } = walk;
      for (let index = pending.length - 1; index >= 0; index--) {
        const state = pending[index]?.state;
        if (state === undefined || putAsideBy.has(state)) break;
        putAsideBy.set(state, last);
      }
      const before = last++;
      if (walk.previousInsn < 0) return -1;
      const origin = putAsideBy.get(walk.state);
      if (origin === undefined) return before;
      putAsideBy.delete(walk.state);
      return origin;
    },
  };
}
