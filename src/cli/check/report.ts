import type { CheckReport, CheckResult } from '../../../generated/types/check-report.ts';
import type { UnreadableInput } from './input.ts';
import type { NamedJudge } from './judge.ts';
import type { Shard } from './shard.ts';

/** The report on what was judged. */
export function checkReport(
  judges: readonly NamedJudge[],
  results: readonly CheckResult[],
  unreadable: readonly UnreadableInput[],
  shard: Shard | undefined,
): CheckReport {
  return {
    kernels: judges.map(({ version, given }) => ({
      kernel: version,
      btf: given.path,
      modules: [...given.modules.keys()],
    })),
    ...(shard === undefined ? {} : { shard: { ...shard } }),
    results: [...results],
    unreadable: unreadable.map(({ file, error }) => ({ file, message: error.message })),
    summary: summaryOf(results),
  };
}

/** Counts of results. */
export function summaryOf(results: readonly CheckResult[]): CheckReport['summary'] {
  const count = (wanted: CheckResult['verdict']): number => results.filter(({ verdict }) => verdict === wanted).length;
  return {
    programs: new Set(results.map(({ position }) => position)).size,
    accepted: count('accept'),
    rejected: count('reject'),
    unsupported: count('unsupported'),
  };
}
