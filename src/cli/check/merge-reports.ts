import { readFileSync } from 'node:fs';
import type { CheckReport } from '../../../generated/types/check-report.ts';
import { validate } from '../../../generated/types/check-report.validate.js';
import { InputError, inputError } from '../../../generator/declarations/input-error.ts';
import { UsageError } from '../usage-error.ts';
import { summaryOf } from './report.ts';

/**
 * Joins the reports of shards to the one that a run without shards would have printed.
 *
 * @param files reports as `--format json` prints them
 * @throws InputError for a file that is none; UsageError if they are not all parts of one run
 */
export function mergeReports(files: readonly string[]): CheckReport {
  const reports = files.map((file) => ({ file, report: readReport(file) }));
  const [first, ...others] = reports;
  if (first === undefined) throw new UsageError('--merge: name the reports of the shards');
  const kernels = kernelNames(first.report);
  for (const { file, report } of others) {
    if (kernelNames(report) !== kernels) throw new UsageError(`${file} is of other kernels than ${first.file}`);
  }
  requireAllShards(reports);
  const results = reports
    .flatMap(({ report }) => report.results)
    .map((result, index) => ({ result, index }))
    .sort((a, b) => a.result.position - b.result.position || a.index - b.index)
    .map(({ result }) => result);
  const unreadable = new Map(reports.flatMap(({ report }) => report.unreadable).map((each) => [each.message, each]));
  return {
    kernels: first.report.kernels,
    results,
    unreadable: [...unreadable.values()],
    summary: summaryOf(results),
  };
}

function readReport(file: string): CheckReport {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw error instanceof SyntaxError ? new InputError(file, error.message) : inputError(file, error);
  }
  if (!validate(data)) {
    const [problem] = validate.errors ?? [];
    const what = `${problem?.instancePath ?? ''} ${problem?.message ?? ''}`.trim();
    throw new InputError(file, `it is no report of \`kfuncs check --format json\`: ${what}`);
  }
  return data;
}

function kernelNames({ kernels }: CheckReport): string {
  return kernels.map(({ kernel }) => kernel).join(' and ');
}

/** A part that is missing would pass for one without findings. */
function requireAllShards(reports: readonly { readonly file: string; readonly report: CheckReport }[]): void {
  const seen = new Map<number, string>();
  const count = reports[0]?.report.shard?.count ?? 1;
  for (const { file, report } of reports) {
    const shard = report.shard ?? { index: 1, count: 1 };
    if (shard.count !== count) {
      throw new UsageError(`${file} is one of ${String(shard.count)} shards, and others are of ${String(count)}`);
    }
    const other = seen.get(shard.index);
    if (other !== undefined) throw new UsageError(`${other} and ${file} are the same shard`);
    seen.set(shard.index, file);
  }
  for (let index = 1; index <= count; index++) {
    if (!seen.has(index)) throw new UsageError(`shard ${String(index)}/${String(count)} is missing`);
  }
}
