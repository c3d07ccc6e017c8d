import type { ProgramReport } from './protocol.ts';

/** What a line of a listing is to the verdict. */
export type Mark = 'end' | 'acquired' | 'branch' | 'passed' | 'none';

/** What each instruction is to the verdict: the kernel stops there, it is explained there, or the way leads by. */
export function instructionMarks({ result, path, walk }: ProgramReport): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>();
  if (walk.kind === 'path') for (const { insn } of walk.steps) marks.set(insn, 'passed');
  for (const { from } of path) marks.set(from.insn, 'branch');
  for (const { place } of result.related ?? []) marks.set(place.insn, 'acquired');
  if (result.insn !== undefined) marks.set(result.insn, 'end');
  return marks;
}

const RANK: readonly Mark[] = ['end', 'acquired', 'branch', 'passed'];

/** The mark of a line that several instructions come from. */
export function strongest(insns: readonly number[], marks: ReadonlyMap<number, Mark>): Mark {
  return RANK.find((mark) => insns.some((insn) => marks.get(insn) === mark)) ?? 'none';
}

/** Marks in words, for those who do not see colours. */
export const MARK_TEXTS: Readonly<Record<Mark, string>> = {
  end: 'stops here',
  acquired: 'acquired here',
  branch: 'branch on the way',
  passed: 'on the way',
  none: '',
};
