import type { Program } from '../program/program.ts';
import type { Kernel } from '../verifier/kernel/kernel.ts';
import { describeRegister } from '../verifier/state/describe.ts';
import { verify } from '../verifier/verify.ts';
import { frameOf, type Walk } from '../verifier/walk/walk.ts';
import { createPathTracker } from './path-tracker.ts';

/** A step of a walk, as a person looks at it. */
export interface WalkStep {
  readonly insn: number;
  /** Depth of the call stack, from 0. */
  readonly frame: number;
  /** What is known of R0 to R10 before the instruction. */
  readonly registers: readonly string[];
  /** What was acquired and not yet released, and where. */
  readonly references: readonly HeldReference[];
  /** Whether the path ends here, as a state like this was walked before. */
  readonly isKnown: boolean;
  /** Whether it goes on from the step that is shown before it: else a path that was put aside goes on. */
  readonly followsLast: boolean;
}

export interface HeldReference {
  readonly id: number;
  readonly acquiredAt: number;
}

/** Steps of a walk, in order. */
export interface WalkSteps {
  readonly steps: readonly WalkStep[];
  /** How many of them were left out: of a path those at its start, of a whole walk those at its end. */
  readonly omitted: number;
}

/**
 * The path on which a program is refused, from its start to the instruction where the kernel stops. It takes two walks: one
 * to find which steps are on it, and one to look at their registers.
 *
 * @param limit how many steps are described at most: the last
 */
export function pathToEnd(program: Program, kernel: Kernel, limit: number): WalkSteps {
  const origins = originsOf(program, kernel);
  const path: number[] = [];
  for (let number = origins.length - 1; number >= 0; number = origins[number] ?? -1) path.push(number);
  const shown = path.slice(0, limit).toReversed();
  return { steps: describedSteps(program, kernel, new Set(shown)), omitted: path.length - shown.length };
}

/** The whole walk in its order, as far as `limit` steps. */
export function stepsInOrder(program: Program, kernel: Kernel, limit: number): WalkSteps {
  const { length } = originsOf(program, kernel);
  const shown = new Set(Array.from({ length: Math.min(limit, length) }, (_, number) => number));
  return { steps: describedSteps(program, kernel, shown), omitted: length - shown.size };
}

/** By step: the one that it goes on from; -1: none. */
function originsOf(program: Program, kernel: Kernel): readonly number[] {
  const origins: number[] = [];
  const { enter } = createPathTracker();
  const note = (walk: Walk): void => void origins.push(enter(walk));
  verify(program, kernel, { trace: { step: note, pruned: note } });
  return origins;
}

function describedSteps(program: Program, kernel: Kernel, wanted: ReadonlySet<number>): readonly WalkStep[] {
  const steps: WalkStep[] = [];
  const { enter } = createPathTracker();
  let number = 0;
  let shown = -1;
  const look = (walk: Walk, isKnown: boolean): void => {
    const origin = enter(walk);
    if (wanted.has(number)) {
      const { depth, registers, references } = frameOf(walk);
      const texts = registers.map(({ register }) => describeRegister(register));
      steps.push({
        insn: walk.insn,
        frame: depth,
        registers: texts,
        references: references.map(({ id, insn }) => ({ id, acquiredAt: insn })),
        isKnown,
        followsLast: origin === shown,
      });
      shown = number;
    }
    number++;
  };
  verify(program, kernel, {
    trace: {
      step: (walk) => {
        look(walk, false);
      },
      pruned: (walk) => {
        look(walk, true);
      },
    },
  });
  return steps;
}
