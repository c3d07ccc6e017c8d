import type { ProbeReport } from '../../generated/types/probe-report.ts';
import { InputError } from '../../generator/declarations/input-error.ts';
import { compareProbe } from '../../generator/probe/compare.ts';
import { declareProbed } from '../../generator/probe/declare-probed.ts';
import { reportText } from '../../generator/probe/format-report.ts';
import { kernelOfRelease, type ChosenKernel } from '../../generator/probe/kernel-of-release.ts';
import { readProbeResult } from '../../generator/probe/read-result.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { loadValid } from './load-valid.ts';
import { note, print, styleOf, widthOf } from './output.ts';
import { printProbed } from './print-probed.ts';
import type { ProbeOptions } from './probe.command.ts';
import { kernelNamed } from './registry-paths.ts';
import { textTable } from './text-table.ts';
import { UsageError } from './usage-error.ts';

/**
 * `kfuncs probe --read`: compares what a probe printed with the registry.
 *
 * @returns findings where they differ, whatever the format
 * @throws InputError where the file is no result, or one without an answer
 */
export async function readProbe(file: string, options: ProbeOptions): Promise<ExitCode> {
  const result = readProbeResult(file);
  if (result.kfuncs.every(({ answers }) => answers.every(({ verdict }) => verdict === 'unclear'))) {
    throw new InputError(file, ['the kernel answered nothing', ...result.problems].join('\n  '));
  }
  const loaded = await loadValid(options);
  if (loaded === undefined) {
    return EXIT.findings;
  }
  const { model, kernels } = loaded.registry;
  const { release } = result.kernel;
  const chosen: ChosenKernel | undefined =
    options.kernel === undefined
      ? kernelOfRelease(release, kernels)
      : { kernel: kernelNamed(options.kernel, kernels), chosen: 'asked' };
  if (chosen === undefined) {
    throw new UsageError(`${file} is of a kernel that calls itself ${release}: name one to compare with by --kernel`);
  }
  const report = compareProbe(result, chosen, model);
  switch (options.format) {
    case 'json':
      print(`${JSON.stringify(report, undefined, 2)}\n`);
      break;
    case 'yaml':
      print(printProbed(declareProbed(result, chosen.kernel, model), release, chosen.kernel.version));
      break;
    case 'pretty':
      printReport(report, options);
  }
  return report.differences.length === 0 ? EXIT.ok : EXIT.findings;
}

function printReport(report: ProbeReport, options: ProbeOptions): void {
  const style = styleOf(options);
  const { head, notes, totals } = reportText(report, style, widthOf(process.stdout));
  const rows = report.differences.map(({ kind, kfunc, owner, prog_types: types, message }) => [
    kfunc,
    owner,
    kind,
    message,
    types.join(', '),
  ]);
  const table =
    rows.length === 0 ? '' : textTable(['KFUNC', 'OWNER', 'KERNEL', 'REGISTRY', 'PROGRAM TYPES'], rows, style);
  print(`${head}${notes}${table}${totals}`);
  if (report.differences.length > 0) {
    note(options, '`kfuncs probe --format yaml --read` prints what the kernel has as declarations');
  }
}
