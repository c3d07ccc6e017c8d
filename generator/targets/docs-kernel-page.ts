import type { Kernel } from '../../generated/types/kernel.ts';
import type { KernelModel } from '../declarations/model.ts';
import { dtorRows, listRows, progTypeName, type ListRow } from '../declarations/rows.ts';
import { INDEX_PATH, kernelPath, kfuncPath, rulePath, type Catalog } from './docs-catalog.ts';
import { code, link, page, section, table } from './docs-markdown.ts';

const LAYOUTS: Readonly<Record<Kernel['layout'], string>> = {
  id_set: 'a `struct btf_id_set` for each set type',
  id_set8: 'one `struct btf_id_set8` with a flags word for each kfunc',
  kfuncs: 'one `struct btf_id_set8`, marked with `BTF_KFUNCS_START`, with a flags word for each kfunc',
};

/** The page of a kernel. */
export function kernelPage(model: KernelModel, catalog: Catalog): string {
  const { kernel } = model;
  const rows = listRows(model);
  return page(catalog.comment, `Kernel ${kernel.version}`, [
    link('All kernels', kernelPath(kernel.version), INDEX_PATH),
    `Read from release ${kernel.release}. Set layout: ${LAYOUTS[kernel.layout]}.`,
    section('Hooks', hookTable(kernel, rows)),
    section('Flags', flagTable(kernel, catalog)),
    section('Limits', limitTable(kernel)),
    ...Object.keys(kernel.hooks).map((hook) => section(`kfuncs of ${code(hook)}`, kfuncTable(kernel, hook, rows))),
    section('Destructor pairs', dtorTable(model)),
  ]);
}

function hookTable({ hooks }: Kernel, rows: readonly ListRow[]): string {
  return table(
    ['Hook', 'Value', 'Program types', 'kfuncs'],
    Object.entries(hooks).map(([name, hook]) => [
      code(name),
      String(hook.value),
      hook.prog_types.map((progType) => code(progTypeName(progType))).join(', '),
      String(new Set(rows.filter((row) => row.hook === name).map((row) => row.kfunc)).size),
    ]),
  );
}

function flagTable({ version, layout, flags }: Kernel, { rules }: Catalog): string {
  return table(
    ['Flag', layout === 'id_set' ? 'Set type' : 'Bit', 'Rules'],
    Object.entries(flags).map(([flag, bit]) => [
      code(flag),
      String(bit),
      rules
        .filter((rule) => `${rule.title} ${rule.explanation}`.includes(`\`${flag}\``))
        .map((rule) => link(code(rule.id), kernelPath(version), rulePath(rule.id)))
        .join(', '),
    ]),
  );
}

function limitTable({ limits }: Kernel): string {
  return table(
    ['Limit', 'Value'],
    Object.entries(limits).map(([name, value]) => [code(name), String(value)]),
  );
}

function kfuncTable({ version }: Kernel, hook: string, rows: readonly ListRow[]): string {
  const ofHook = rows.filter((row) => row.hook === hook);
  if (ofHook.length === 0) {
    return '';
  }
  return table(
    ['kfunc', 'Flags', 'Owner', 'Source'],
    ofHook.map(({ kfunc, flags, owner, source }) => [
      link(code(kfunc), kernelPath(version), kfuncPath(kfunc)),
      flags.map(code).join(', '),
      code(owner),
      code(source),
    ]),
  );
}

function dtorTable(model: KernelModel): string {
  const from = kernelPath(model.kernel.version);
  const rows = dtorRows(model).map(({ type, kfunc, owner, source }) => [
    code(type),
    link(code(kfunc), from, kfuncPath(kfunc)),
    code(owner),
    code(source),
  ]);
  return rows.length === 0 ? '' : table(['Type', 'Destructor', 'Owner', 'Source'], rows);
}
