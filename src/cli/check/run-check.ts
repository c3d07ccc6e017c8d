import type { CheckResult } from '../../../generated/types/check-report.ts';
import type { Judge } from '../../judge/judge.ts';
import type { UnreadableInput } from './input.ts';
import { judgeProgram, type Tracer } from '../../judge/judge-program.ts';
import { readInputs } from './read-inputs.ts';
import { isInShard, type Shard } from './shard.ts';

export interface CheckRun {
  readonly shard: Shard | undefined;
  readonly tracer: Tracer | undefined;
  /** Gets each result as it comes. */
  readonly onResult: (result: CheckResult) => void;
}

export interface CheckOutcome {
  readonly unreadable: readonly UnreadableInput[];
  /** The first that went wrong in the engine itself; undefined if nothing did. */
  readonly defect: unknown;
}

/** Judges programs one by one, each by all kernels, in the order of the files. */
export function runCheck(files: readonly string[], judges: readonly Judge[], run: CheckRun): CheckOutcome {
  const unreadable: UnreadableInput[] = [];
  let defect: unknown;
  let position = 0;
  for (const input of readInputs(files)) {
    if (input.kind === 'unreadable') {
      unreadable.push(input);
      continue;
    }
    if (isInShard(position, run.shard)) {
      const { file, line } = input;
      const from = { file, ...(line === undefined ? {} : { line }), position };
      for (const judge of judges) {
        const judgement = judgeProgram(input, judge, run.tracer);
        defect ??= judgement.defect;
        run.onResult({ ...judgement.judged, ...from });
      }
    }
    position++;
  }
  return { unreadable, defect };
}
