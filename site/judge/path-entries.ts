import { stepText, type WalkStep } from 'kfunc-registry/browser';
import type { PathStep } from '../../generated/types/check-report.ts';
import { placeName } from './place-name.ts';
import type { PathEntry } from './protocol.ts';

/** The path of a report in words, each step with its place among the steps of the walk. */
export function pathEntries(path: readonly PathStep[], steps: readonly Pick<WalkStep, 'insn'>[]): readonly PathEntry[] {
  let from = 0;
  return path.map((step) => {
    const found = steps.findIndex((each, index) => index >= from && isAt(step, each.insn, steps[index + 1]?.insn));
    if (found !== -1) from = found + 1;
    const text = stepText(step, placeName);
    return { kind: step.kind, from: step.from, text, step: found === -1 ? undefined : found };
  });
}

/** Whether a step of the walk is the one meant: of a branch that goes the same way. */
function isAt({ kind, from, to }: PathStep, insn: number, next: number | undefined): boolean {
  const isBranch = kind === 'taken' || kind === 'not-taken';
  return insn === from.insn && (!isBranch || next === to.insn);
}
