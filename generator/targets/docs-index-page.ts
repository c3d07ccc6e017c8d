import { listRows } from '../declarations/rows.ts';
import {
  HELPERS_PATH,
  INDEX_PATH,
  kernelPath,
  kfuncPath,
  rulePath,
  type Catalog,
  type DocumentedKfunc,
} from './docs-catalog.ts';
import type { HelperData } from '../../src/verifier/kernel/helpers/helper-data.ts';
import { kernelLinks } from './docs-kernel-ranges.ts';
import { code, link, page, plainLine, section, table } from './docs-markdown.ts';

/** The page that leads to all others. */
export function indexPage(catalog: Catalog): string {
  return page(catalog.comment, 'kfuncs', [
    section('Kernels', kernelTable(catalog)),
    section('kfuncs', kfuncTable(catalog)),
    section('BPF helpers', catalog.helpers === undefined ? '' : helpersLine(catalog.helpers)),
    section('Rules', ruleTable(catalog)),
  ]);
}

function helpersLine({ helpers }: HelperData): string {
  return `${helpers.length} helpers: ${link('prototypes, and who may call them', INDEX_PATH, HELPERS_PATH)}.`;
}

function kernelTable({ kernels }: Catalog): string {
  const rows = kernels.map((model) => {
    const rowsOfKernel = listRows(model);
    return [
      link(model.kernel.version, INDEX_PATH, kernelPath(model.kernel.version)),
      model.kernel.release,
      String(new Set(rowsOfKernel.map((row) => row.kfunc)).size),
      String(rowsOfKernel.reduce((sum, row) => sum + row.prog_types.length, 0)),
      String(model.sources.reduce((sum, source) => sum + source.dtors.length, 0)),
    ];
  });
  return table(['Kernel', 'Release read', 'kfuncs', 'Registrations', 'Destructor pairs'], rows);
}

function kfuncTable({ kfuncs, kernels }: Catalog): string {
  if (kfuncs.length === 0) {
    return '';
  }
  const rows = kfuncs.map((kfunc) => [
    link(code(kfunc.name), INDEX_PATH, kfuncPath(kfunc.name)),
    hooksOf(kfunc).join(', '),
    kernelLinks(
      kfunc.kernels.map((kernel) => kernel.version),
      kernels,
      INDEX_PATH,
    ),
  ]);
  return table(['kfunc', 'Hooks', 'Kernels'], rows);
}

function hooksOf({ kernels }: DocumentedKfunc): readonly string[] {
  return [...new Set(kernels.flatMap(({ entries }) => entries.map((entry) => entry.hook)))];
}

function ruleTable({ rules }: Catalog): string {
  if (rules.length === 0) {
    return '';
  }
  const rows = rules.map((rule) => [
    link(code(rule.id), INDEX_PATH, rulePath(rule.id)),
    rule.severity,
    plainLine(rule.title),
  ]);
  return table(['Rule', 'Severity', 'What must hold'], rows);
}
