import type { BranchStep } from '../../../generated/types/check-report.ts';
import type { Program } from '../../program/program.ts';
import type { PathStep } from '../verdict.ts';
import { conditionAt } from './condition.ts';
import { placeOf, type InstructionText } from './place.ts';

/** Of a long path, what led into it and what led to its end are worth reading; a loop lies between. */
const FIRST = 32;
const LAST = 96;

/** The steps of a path for a report, and how many were left out of its middle. */
export function stepsOf(
  program: Program,
  path: readonly PathStep[],
  instructionText: InstructionText,
): { readonly steps: BranchStep[]; readonly omitted: number } {
  const omitted = Math.max(0, path.length - FIRST - LAST);
  const kept = omitted === 0 ? path : [...path.slice(0, FIRST), ...path.slice(-LAST)];
  const steps = kept.map(({ insn, kind, to }): BranchStep => {
    const isJump = kind === 'taken' || kind === 'not-taken';
    const condition = isJump ? conditionAt(program.code, insn, kind === 'taken') : undefined;
    return {
      kind,
      ...(condition === undefined ? {} : { condition }),
      from: placeOf(program, insn, instructionText),
      to: placeOf(program, to, instructionText),
    };
  });
  return { steps, omitted };
}
