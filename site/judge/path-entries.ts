import { shortNames, stepText, type WalkStep } from 'kfunc-registry/browser';
import type { CodePlace, PathStep } from '../../generated/types/check-report.ts';
import type { PathEntry } from './protocol.ts';

/** The path of a report in words, each step with its place among the steps of the walk. */
export function pathEntries(path: readonly PathStep[], steps: readonly Pick<WalkStep, 'insn'>[]): readonly PathEntry[] {
  const files = path.flatMap(({ from, to }) => [from, to]).flatMap(({ source }) => source?.file ?? []);
  const names = shortNames(files);
  // Files of one name must not look like one place: a step between them would seem to go nowhere.
  const nameOf = ({ source, insn }: CodePlace): string =>
    source === undefined ? `insn ${String(insn)}` : `${names.get(source.file) ?? source.file}:${String(source.line)}`;
  let start = 0;
  return path.map((step) => {
    const found = steps.findIndex((each, index) => index >= start && isAt(step, each.insn, steps[index + 1]?.insn));
    if (found !== -1) start = found + 1;
    const text = stepText(step, nameOf);
    return { kind: step.kind, from: step.from, text, step: found === -1 ? undefined : found };
  });
}

/** Whether a step of the walk is the one meant: of a branch that goes the same way. */
function isAt({ kind, from, to }: PathStep, insn: number, next: number | undefined): boolean {
  const isBranch = kind === 'taken' || kind === 'not-taken';
  return insn === from.insn && (!isBranch || next === to.insn);
}
