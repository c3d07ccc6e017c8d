import type { PathStep as ReportStep } from '../../../generated/types/check-report.ts';
import type { Program } from '../../program/program.ts';
import type { PathStep } from '../verdict.ts';
import { conditionAt } from './condition.ts';
import { placeOf, type InstructionText } from './place.ts';

/** Of a long path, what led into it and what led to its end are worth reading; a loop lies between. */
const FIRST = 32;
const LAST = 96;

/** A step, and how often it comes by in succession. */
interface Run {
  readonly step: PathStep;
  times: number;
}

/** The steps of a path for a report, and how many were left out of its middle. */
export function stepsOf(
  program: Program,
  path: readonly PathStep[],
  instructionText: InstructionText,
): { readonly steps: ReportStep[]; readonly omitted: number } {
  const runs = runsOf(path);
  const hidden = runs.slice(FIRST, Math.max(FIRST, runs.length - LAST));
  const kept = hidden.length === 0 ? runs : [...runs.slice(0, FIRST), ...runs.slice(-LAST)];
  return {
    steps: kept.map(({ step, times }) => stepOf(program, step, times, instructionText)),
    omitted: hidden.reduce((sum, { times }) => sum + times, 0),
  };
}

/** A loop goes the same way again and again. */
function runsOf(path: readonly PathStep[]): readonly Run[] {
  const runs: Run[] = [];
  for (const step of path) {
    const last = runs.at(-1);
    const { insn, kind, reference } = step;
    if (last?.step.insn === insn && last.step.kind === kind && reference === undefined) last.times++;
    else runs.push({ step, times: 1 });
  }
  return runs;
}

function stepOf(
  program: Program,
  { insn, kind, to, reference }: PathStep,
  times: number,
  instructionText: InstructionText,
): ReportStep {
  const isJump = kind === 'taken' || kind === 'not-taken';
  const condition = isJump ? conditionAt(program.code, insn, kind === 'taken') : undefined;
  return {
    kind,
    ...(condition === undefined ? {} : { condition }),
    ...(reference === undefined ? {} : { reference }),
    ...(times === 1 ? {} : { times }),
    from: placeOf(program, insn, instructionText),
    to: placeOf(program, to, instructionText),
  };
}
