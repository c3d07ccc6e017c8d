import {
  disassemble,
  isMapCase,
  judgeProgram,
  LoadRefusal,
  namesOfProgram,
  pathToEnd,
  placeOf,
  stepsInOrder,
  type Judge,
  type MapCase,
  type Program,
} from 'kfunc-registry/browser';
import type { CodePlace } from '../../generated/types/check-report.ts';
import { openKernel } from './open-kernel.ts';
import { pathEntries } from './path-entries.ts';
import type { JudgeReply, JudgeRequest, ProgramReport, WalkView } from './protocol.ts';
import { readPrograms, type FoundProgram } from './read-programs.ts';

/** Steps that are shown of a walk at most. */
const SHOWN_STEPS = 2_000;

/** Judges all programs of the given files by one kernel. */
export async function judgeFiles({ kernel, kernelFiles, programFiles }: JudgeRequest): Promise<JudgeReply> {
  const opened = await openKernel(kernel, kernelFiles);
  const read = readPrograms(programFiles);
  const { judge } = opened;
  const programs =
    judge === undefined ? [] : read.programs.map((program, position) => reportOn(program, judge, position));
  return { programs, unreadable: [...opened.unreadable, ...read.unreadable], notes: opened.notes };
}

function reportOn({ candidate, file, line }: FoundProgram, judge: Judge, position: number): ProgramReport {
  const { judged, defect } = judgeProgram(candidate, judge);
  if (defect !== undefined) throw defect instanceof Error ? defect : new Error('a defect that is no error');
  const result = { ...judged, file, ...(line === undefined ? {} : { line }), position };
  const loaded = loadedBy(candidate, judge);
  if (loaded === undefined || isMapCase(loaded)) {
    return { result, code: [], path: [], walk: { kind: 'whole', steps: [], omitted: 0 } };
  }
  const walk = walkOf(loaded, judge, result.verdict === 'reject');
  return { result, code: codeOf(loaded, judge), path: pathEntries(result.path ?? [], walk.steps), walk };
}

function loadedBy(candidate: FoundProgram['candidate'], judge: Judge): Program | MapCase | undefined {
  try {
    return candidate.loadFor(judge);
  } catch (error) {
    if (error instanceof LoadRefusal) return undefined;
    throw error;
  }
}

/** Every instruction with its place in the source. */
function codeOf(program: Program, { helper }: Judge): readonly CodePlace[] {
  return disassemble(program.code, namesOfProgram(program, helper)).map(({ slot, text }) =>
    placeOf(program, slot, () => text),
  );
}

function walkOf(program: Program, { kernel }: Judge, isRefused: boolean): WalkView {
  return isRefused
    ? { kind: 'path', ...pathToEnd(program, kernel, SHOWN_STEPS) }
    : { kind: 'whole', ...stepsInOrder(program, kernel, SHOWN_STEPS) };
}
