import type { CheckResult } from '../../../generated/types/check-report.ts';
import { isMapCase } from '../../program/json/parse-program-json.ts';
import type { MapCase } from '../../program/map-case.ts';
import type { Program } from '../../program/program.ts';
import { judgeMapCase } from '../../verifier/maps/judge-map-case.ts';
import { kptrMaps } from '../../verifier/report/kptr-maps.ts';
import { mapCaseResult, programResult, unsupportedResult, type Judged } from '../../verifier/report/program-result.ts';
import { verify } from '../../verifier/verify.ts';
import { LoadRefusal, type InputProgram } from './input.ts';
import type { Judge } from './judge.ts';
import { instructionTexts } from './instruction-texts.ts';
import { withModuleHint } from './module-hint.ts';
import type { Tracer } from './trace.ts';

/** What a kernel says about one program. */
export interface JudgedProgram {
  readonly result: CheckResult;
  /** What went wrong in the engine itself, if something did: nothing is claimed then. */
  readonly defect: unknown;
}

/** @param position number of the program among all, from 0 */
export function judgeProgram(input: InputProgram, judge: Judge, position: number, tracer?: Tracer): JudgedProgram {
  const { file, line } = input;
  const from = { file, ...(line === undefined ? {} : { line }), position };
  const give = (judged: Judged, defect?: unknown): JudgedProgram => ({ result: { ...judged, ...from }, defect });
  try {
    return give(judgeLoaded(input.loadFor(judge), judge, tracer));
  } catch (error) {
    const unsupported = (why: string, id = input.id): Judged => unsupportedResult(id, judge.version, why);
    if (error instanceof LoadRefusal) return give(unsupported(error.message, error.id));
    return give(unsupported(`a defect of kfuncs: ${error instanceof Error ? error.message : String(error)}`), error);
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
