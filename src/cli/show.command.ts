import { allConditions, kfuncEntries, type KfuncEntry } from '../../generator/declarations/entries.ts';
import type { KernelModel } from '../../generator/declarations/model.ts';
import { printConfigExpression } from '../../generator/c/config-expression.ts';
import { dtorRows, listRows, type ListRow } from '../../generator/declarations/rows.ts';
import { kernelRunText } from '../../generator/diagnostics/kernel-runs.ts';
import { nearest } from '../../generator/diagnostics/nearest.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { loadValid } from './load-valid.ts';
import { print, styleOf, type CommonOptions } from './output.ts';
import { textTable } from './text-table.ts';
import { UsageError } from './usage-error.ts';

export interface ShowOptions extends CommonOptions {
  readonly format: 'pretty' | 'json';
}

/** What one kernel says of a kfunc. */
interface KernelView {
  readonly kernel: string;
  readonly hooks: readonly (ListRow & { readonly config: string | undefined })[];
  readonly prototype: string | undefined;
  readonly defined: string | undefined;
  /** BTF types whose destructor it is. */
  readonly destroys: readonly string[];
}

/** `kfuncs show`: one kfunc through all kernels. */
export async function showCommand(name: string, options: ShowOptions): Promise<ExitCode> {
  const loaded = await loadValid(options);
  if (loaded === undefined) {
    return EXIT.findings;
  }
  const { kernels } = loaded.registry.model;
  const views = kernels
    .map((model) => viewOf(model, name))
    .filter(({ hooks, destroys }) => hooks.length > 0 || destroys.length > 0);
  if (views.length === 0) {
    const names = new Set(kernels.flatMap((model) => listRows(model).map(({ kfunc }) => kfunc)));
    const near = nearest(name, names);
    throw new UsageError(
      `no kernel has a kfunc ${name}: ${near === undefined ? '`kfuncs list` lists them' : `did you mean ${near}?`}`,
    );
  }
  if (options.format === 'json') {
    print(`${JSON.stringify({ kfunc: name, kernels: views }, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const style = styleOf(options);
  const all = loaded.registry.kernels.map(({ version }) => version);
  const columns = ['HOOK', 'PROGRAM TYPES', 'FLAGS', 'OWNER', 'CONFIG', 'KERNELS'];
  print(
    `${style.bold(name)}\n${prototypes(views, all)}${textTable(columns, hookRows(views, all), style)}${pairs(views, all)}`,
  );
  return EXIT.ok;
}

/** A row for what is the same in several kernels. */
function hookRows(views: readonly KernelView[], all: readonly string[]): readonly (readonly string[])[] {
  const rows = new Map<string, { readonly cells: readonly string[]; readonly kernels: string[] }>();
  for (const { kernel, hooks } of views) {
    for (const { hook, prog_types: types, flags, owner, config } of hooks) {
      const cells = [hook, types.join(', '), flags.join(', '), owner, config ?? ''];
      const row = rows.get(cells.join('\0')) ?? { cells, kernels: [] };
      rows.set(cells.join('\0'), row);
      row.kernels.push(kernel);
    }
  }
  return [...rows.values()].map(({ cells, kernels }) => [...cells, kernelRunText(kernels, all)]);
}

function viewOf(model: KernelModel, name: string): KernelView {
  const entries = kfuncEntries(model).filter(({ kfunc }) => kfunc.name === name && kfunc.check);
  const dtors = model.sources.flatMap((source) => source.dtors.filter(({ kfunc }) => kfunc === name));
  const prototype = [...entries.map(({ kfunc }) => kfunc), ...dtors].find((each) => each.prototype)?.prototype;
  return {
    kernel: model.kernel.version,
    hooks: listRows(model)
      .filter(({ kfunc }) => kfunc === name)
      .map((row) => ({ ...row, config: configOf(entries.filter(({ hook }) => hook === row.hook)) })),
    prototype: prototype?.prototype.text,
    defined:
      prototype?.file === undefined
        ? undefined
        : `${prototype.file}:${String(prototype.lines?.[model.kernel.version] ?? '')}`,
    destroys: dtorRows(model)
      .filter(({ kfunc }) => kfunc === name)
      .map(({ type }) => type),
  };
}

/** The condition under which any of the entries exists; undefined where one exists always. */
function configOf(entries: readonly KfuncEntry[]): string | undefined {
  const conditions = entries.map(({ source, set, kfunc }) => allConditions(source.config, set.config, kfunc.config));
  const spelled = conditions.flatMap((config) => (config === undefined ? [] : [printConfigExpression(config)]));
  return spelled.length < conditions.length ? undefined : [...new Set(spelled)].join(' || ') || undefined;
}

/** Each prototype once, with the kernels that have it. */
function prototypes(views: readonly KernelView[], all: readonly string[]): string {
  const texts = new Set(views.flatMap(({ prototype }) => prototype ?? []));
  return [...texts]
    .map((text) => {
      const having = views.filter(({ prototype }) => prototype === text);
      const last = having.at(-1);
      const where = last?.defined === undefined ? '' : `, ${last.defined} in ${last.kernel}`;
      const kernels = having.map(({ kernel }) => kernel);
      return `${text};\n  ${kernelRunText(kernels, all)}${where}\n`;
    })
    .join('');
}

function pairs(views: readonly KernelView[], all: readonly string[]): string {
  const byType = new Map<string, string[]>();
  for (const { kernel, destroys } of views) {
    destroys.forEach((type) => byType.set(type, [...(byType.get(type) ?? []), kernel]));
  }
  return [...byType]
    .map(([type, kernels]) => `destructor of struct ${type}: ${kernelRunText(kernels, all)}\n`)
    .join('');
}
