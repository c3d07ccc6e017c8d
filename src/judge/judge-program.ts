import { isMapCase } from '../program/json/parse-program-json.ts';
import type { MapCase } from '../program/map-case.ts';
import type { Program } from '../program/program.ts';
import { judgeMapCase } from '../verifier/maps/judge-map-case.ts';
import { kptrMaps } from '../verifier/report/kptr-maps.ts';
import type { InstructionText } from '../verifier/report/place.ts';
import { mapCaseResult, programResult, unsupportedResult, type Judged } from '../verifier/report/program-result.ts';
import { verify } from '../verifier/verify.ts';
import type { TraceSink } from '../verifier/walk/walk.ts';
import { LoadRefusal, type Candidate } from './candidate.ts';
import { instructionTexts } from './instruction-texts.ts';
import type { Judge } from './judge.ts';
import { withModuleHint } from './module-hint.ts';

/** Makes what watches the walk through one program. */
export type Tracer = (program: Program, kernel: string, instructionText: InstructionText) => TraceSink;

/** What a kernel says about one program. */
export interface Judgement {
  readonly judged: Judged;
  /** What went wrong in the engine itself, if something did: nothing is claimed then. */
  readonly defect: unknown;
}

/** Judges a program, or operations on maps, with everything that a report shows. Throws nothing. */
export function judgeProgram(candidate: Candidate, judge: Judge, tracer?: Tracer): Judgement {
  try {
    return { judged: judgeLoaded(candidate.loadFor(judge), judge, tracer), defect: undefined };
  } catch (error) {
    const unsupported = (why: string, id = candidate.id): Judged => unsupportedResult(id, judge.version, why);
    if (error instanceof LoadRefusal) return { judged: unsupported(error.message, error.id), defect: undefined };
    const what = error instanceof Error ? error.message : String(error);
    return { judged: unsupported(`a defect of kfuncs: ${what}`), defect: error };
  }
}

function judgeLoaded(loaded: Program | MapCase, judge: Judge, tracer?: Tracer): Judged {
  const { kernel, version, helper } = judge;
  if (isMapCase(loaded)) return mapCaseResult(loaded.id, version, judgeMapCase(kernel, loaded));
  const texts = instructionTexts(loaded, helper);
  const verdict = verify(loaded, kernel, tracer === undefined ? {} : { trace: tracer(loaded, version, texts) });
  const maps = loaded.maps.length === 0 ? [] : kptrMaps(loaded, kernel);
  const result = withModuleHint(programResult(verdict, loaded, texts), loaded, judge);
  return { ...result, ...(maps.length === 0 ? {} : { maps }) };
}
