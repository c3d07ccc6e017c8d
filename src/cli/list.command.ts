import { listRows } from '../../generator/declarations/rows.ts';
import { nearest } from '../../generator/diagnostics/nearest.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { kernelModel } from './kernel-model.ts';
import { loadValid } from './load-valid.ts';
import { note, print, styleOf, type CommonOptions } from './output.ts';
import { textTable } from './text-table.ts';
import { UsageError } from './usage-error.ts';

export interface ListOptions extends CommonOptions {
  readonly kernel?: string;
  readonly hook?: string;
  readonly flag?: string;
  readonly owner?: string;
  readonly format: 'table' | 'json';
}

/** `kfuncs list`: the kfuncs that programs of a kernel may call. */
export function listCommand(options: ListOptions): ExitCode {
  const loaded = loadValid(options);
  if (loaded === undefined) {
    return EXIT.findings;
  }
  const model = kernelModel(loaded.registry, options.kernel);
  const { kernel } = model;
  const { hook, flag, owner } = options;
  known(`hook of ${kernel.version}`, hook, Object.keys(kernel.hooks));
  known(`flag of ${kernel.version}`, flag, Object.keys(kernel.flags));
  known(`owner in ${kernel.version}`, owner, new Set(model.sources.map((source) => source.owner)));
  const rows = listRows(model).filter(
    (row) =>
      (hook === undefined || row.hook === hook) &&
      (flag === undefined || row.flags.includes(flag)) &&
      (owner === undefined || row.owner === owner),
  );
  if (options.format === 'json') {
    print(`${JSON.stringify(rows, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const cells = rows.map((row) => [row.hook, row.kfunc, row.flags.join(','), row.owner, row.source]);
  print(textTable(['HOOK', 'KFUNC', 'FLAGS', 'OWNER', 'SOURCE'], cells, styleOf(options)));
  note(options, `${String(rows.length)} entries of ${kernel.version}`);
  return EXIT.ok;
}

/** A misspelt filter would match nothing, and look like an answer. */
function known(what: string, value: string | undefined, values: Iterable<string>): void {
  const all = [...values];
  if (value !== undefined && !all.includes(value)) {
    const near = nearest(value, all);
    throw new UsageError(
      `there is no ${what} called ${value}: ${near === undefined ? `there are ${all.join(', ')}` : `did you mean ${near}?`}`,
    );
  }
}
