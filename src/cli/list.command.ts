import { rowsInBtf, type BtfRow } from '../../generator/btf-kernel/rows-in-btf.ts';
import type { KernelModel } from '../../generator/declarations/model.ts';
import type { Registry } from '../../generator/declarations/registry.ts';
import { listRows, type ListRow } from '../../generator/declarations/rows.ts';
import { nearest } from '../../generator/diagnostics/nearest.ts';
import { readKernel } from './btf-kernel.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { kernelModel } from './kernel-model.ts';
import { loadValid } from './load-valid.ts';
import { note, print, styleOf, type CommonOptions } from './output.ts';
import { textTable } from './text-table.ts';
import { UsageError } from './usage-error.ts';

export interface ListOptions extends CommonOptions {
  readonly kernel?: string;
  readonly btf?: string;
  readonly moduleBtf: readonly string[];
  readonly hook?: string;
  readonly flag?: string;
  readonly owner?: string;
  readonly format: 'table' | 'json';
}

/** `kfuncs list`: the kfuncs that programs of a kernel may call. */
export async function listCommand(options: ListOptions): Promise<ExitCode> {
  const loaded = await loadValid(options);
  if (loaded === undefined) {
    return EXIT.findings;
  }
  const { model, rows: all } = await rowsOf(loaded.registry, options);
  const { kernel } = model;
  const { hook, flag, owner } = options;
  known(`hook of ${kernel.version}`, hook, Object.keys(kernel.hooks));
  known(`flag of ${kernel.version}`, flag, Object.keys(kernel.flags));
  known(`owner in ${kernel.version}`, owner, new Set(model.sources.map((source) => source.owner)));
  const rows = all.filter(
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
  print(textTable(['HOOK', 'KFUNC', 'FLAGS', 'OWNER', 'SOURCE'], distinct(cells), styleOf(options)));
  note(options, `${String(rows.length)} ${rows.length === 1 ? 'entry' : 'entries'} of ${kernel.version}`);
  return EXIT.ok;
}

/** The rows of a version, or those of a kernel as its BTF has it; then it is told what was used. */
async function rowsOf(
  registry: Registry,
  options: ListOptions,
): Promise<{ readonly model: KernelModel; readonly rows: readonly (ListRow | BtfRow)[] }> {
  const { btf, moduleBtf, kernel } = options;
  if (btf === undefined) {
    if (moduleBtf.length > 0) {
      throw new UsageError('--module-btf needs --btf with the vmlinux of the modules');
    }
    const model = kernelModel(registry, kernel);
    return { model, rows: listRows(model) };
  }
  const { given, model } = await readKernel(registry, btf, moduleBtf, kernel);
  const { rows, absent, notGiven, unknown } = rowsInBtf(given, registry.model.kernels, model);
  const { version } = model.kernel;
  note(options, `${btf} is taken for ${version}${kernel === undefined ? ', which is nearest' : ', as asked'}`);
  const others = new Set(rows.filter((row) => row.kernel !== version).map((row) => `${row.kfunc} (${row.kernel})`));
  const told: readonly (readonly [string, readonly string[]])[] = [
    [`in ${version}, and not in this kernel`, absent],
    ['of modules that are not given, and so not listed', notGiven],
    ['marked as kfuncs in the BTF, and known from another version', [...others]],
    ['marked as kfuncs in the BTF, and in no version', unknown],
  ];
  for (const [what, names] of told.filter(([, each]) => each.length > 0)) {
    note(options, `${what}: ${names.join(', ')}`);
  }
  return { model, rows };
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

/** Sets differ in nothing that the table shows. */
function distinct(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(rows.map((row) => [row.join(' '), row])).values()];
}
