import type { CheckReport, CheckResult } from '../../generated/types/check-report.ts';
import { packageVersion } from '../../generator/declarations/package-files.ts';
import { formatJsonLine } from './check/format-jsonl.ts';
import { formatSarif } from './check/format-sarif.ts';
import { openJudges, type NamedJudge } from './check/judge.ts';
import type { KernelOptions } from './check/kernel-requests.ts';
import { mergeReports } from './check/merge-reports.ts';
import { formatPretty } from './check/pretty/format-pretty.ts';
import { startProgress } from './progress.ts';
import { checkReport } from './check/report.ts';
import { runCheck } from './check/run-check.ts';
import { parseShard } from './check/shard.ts';
import { tracer } from './check/trace.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { VERIFIER_RULES } from '../verifier/rules/index.ts';
import { loadValid } from './load-valid.ts';
import { note, print, styleOf, widthOf, type CommonOptions } from './output.ts';
import { UsageError } from './usage-error.ts';

export interface CheckOptions extends CommonOptions, KernelOptions {
  readonly format: 'pretty' | 'json' | 'jsonl' | 'sarif';
  readonly shard?: string;
  readonly trace?: boolean;
  readonly merge?: boolean;
}

/** `kfuncs check`: what kernels say about BPF programs, and why. */
export async function checkCommand(words: readonly string[], given: CheckOptions): Promise<ExitCode> {
  const { files, options } = sortWords(words, given);
  if (options.merge === true) {
    const report = mergeReports(files);
    printReport(report, options);
    return exitCode(report, undefined);
  }
  if (files.length === 0) {
    throw new UsageError('name programs: BPF objects (.o), or raw programs (.json, .jsonl)');
  }
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const loaded = await loadValid({ ...options, format: options.format === 'pretty' ? 'pretty' : 'json' });
  if (loaded === undefined) return EXIT.findings;
  const judges = await openJudges(loaded.registry, options);
  tellKernels(judges, options);
  const results: CheckResult[] = [];
  const isLines = options.format === 'jsonl';
  const progress = startProgress(process.stderr, options.quiet !== true && !(isLines && process.stdout.isTTY));
  const { unreadable, defect } = runCheck(files, judges, {
    shard,
    tracer: options.trace === true ? tracer(traceSink(options)) : undefined,
    onResult: (result) => {
      results.push(isLines ? withoutDetails(result) : result);
      if (isLines) print(formatJsonLine(result));
      progress.tell(() => `${String(results.length)} programs judged`);
    },
  });
  progress.done();
  const report = checkReport(judges, results, unreadable, shard);
  if (!isLines) printReport(report, options);
  return exitCode(report, defect);
}

/** Options that take several words may have taken programs that stand behind them. */
function sortWords(
  words: readonly string[],
  options: CheckOptions,
): { readonly files: readonly string[]; readonly options: CheckOptions } {
  const { kernel, btf, moduleBtf } = options;
  const isProgram = (word: string): boolean => /\.(o|json|jsonl|ndjson)$/.test(word);
  const others = (list: readonly string[]): readonly string[] => list.filter((word) => !isProgram(word));
  return {
    files: [...words, ...[...kernel, ...btf, ...moduleBtf].filter(isProgram)],
    options: { ...options, kernel: others(kernel), btf: others(btf), moduleBtf: others(moduleBtf) },
  };
}

function tellKernels(judges: readonly NamedJudge[], options: CheckOptions): void {
  for (const { version, given, isAsked } of judges) {
    if (!isAsked) note(options, `${given.path} is taken for ${version}, which is nearest`);
  }
}

/** Lines are printed as they come: of the results, their verdicts alone are needed at the end. */
function withoutDetails({ id, kernel, verdict, insns_processed, file, position }: CheckResult): CheckResult {
  return { id, kernel, verdict, insns_processed, file, position };
}

/** Where the report is data, the walk goes beside it. */
function traceSink({ format }: CheckOptions): (text: string) => void {
  return format === 'pretty' ? print : (text) => void process.stderr.write(text);
}

function printReport(report: CheckReport, options: CheckOptions): void {
  switch (options.format) {
    case 'json':
      print(`${JSON.stringify(report, undefined, 2)}\n`);
      break;
    case 'jsonl':
      report.results.forEach((result) => {
        print(formatJsonLine(result));
      });
      break;
    case 'sarif':
      print(formatSarif(report, VERIFIER_RULES, packageVersion()));
      break;
    case 'pretty':
      print(
        formatPretty(report, {
          style: styleOf(options),
          width: widthOf(process.stdout),
          quiet: options.quiet === true,
        }),
      );
  }
}

function exitCode({ summary, unreadable }: CheckReport, defect: unknown): ExitCode {
  for (const { message } of unreadable) {
    process.stderr.write(`kfuncs: ${message}\n`);
  }
  if (defect !== undefined) {
    const what = defect instanceof Error ? (defect.stack ?? defect.message) : 'something that is no error';
    process.stderr.write(
      `kfuncs: this is a defect of kfuncs, not of your files. Please report it with the program and this text:\n${what}\n`,
    );
    return EXIT.defect;
  }
  if (unreadable.length > 0) return EXIT.usage;
  return summary.rejected + summary.unsupported > 0 ? EXIT.findings : EXIT.ok;
}
