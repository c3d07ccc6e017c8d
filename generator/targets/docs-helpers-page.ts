import type { Argument, ArgumentType, Helper, Prototype } from '../../generated/types/helper.ts';
import type { HelperData } from '../../src/verifier/kernel/helpers/helper-data.ts';
import { HELPERS_PATH, INDEX_PATH, type Catalog } from './docs-catalog.ts';
import { code, link, page, section, table } from './docs-markdown.ts';

/** The page of the BPF helpers: their prototypes, and which lists program types are given. */
export function helpersPage(helpers: HelperData, catalog: Catalog): string {
  return page(catalog.comment, 'BPF helpers', [
    link('All kfuncs', HELPERS_PATH, INDEX_PATH),
    section('Prototypes', prototypeTable(helpers)),
    section('Lists', listTable(helpers)),
    section('Program types', programTable(helpers)),
  ]);
}

function prototypeTable({ helpers }: HelperData): string {
  return table(
    ['Number', 'Helper', 'Returns', 'Arguments', 'Flags', 'Kernels'],
    helpers.flatMap((helper) => helper.prototypes.map((prototype) => prototypeRow(helper, prototype))),
  );
}

function prototypeRow({ id, name }: Helper, prototype: Prototype): readonly string[] {
  const { name: variant, returns, args, flags = [] } = prototype;
  return [
    String(id),
    code(variant === undefined ? name : `${name}: ${variant}`),
    code(typed(returns)),
    args.map((argument) => code(typed(argument))).join(', '),
    flags.map(code).join(', '),
    rangeOf(prototype),
  ];
}

/** A type with its flags and what it is of, in one line. */
function typed(value: ArgumentType | Argument | Prototype['returns']): string {
  if (typeof value === 'string') {
    return value;
  }
  const { type, flags = [], btf } = value;
  const size = 'size' in value ? `${value.size ?? ''} bytes` : undefined;
  const rest = [...flags, ...(btf === undefined ? [] : [`struct ${btf}`]), ...(size === undefined ? [] : [size])];
  return rest.length === 0 ? type : `${type} (${rest.join(', ')})`;
}

function listTable({ lists }: HelperData): string {
  const names = (references: readonly (string | { readonly list: string })[] = []): string =>
    references.map((each) => code(typeof each === 'string' ? each : each.list)).join(', ');
  return table(
    ['List', 'Function', 'Asked first', 'Helpers of its own', 'Asked last'],
    lists.map(({ name, function: functionName, before, helpers = [], after }) => [
      code(name),
      code(functionName),
      names(before),
      [...new Set(helpers.map((each) => code(typeof each === 'string' ? each : each.helper)))].join(', '),
      names(after),
    ]),
  );
}

function programTable({ programs }: HelperData): string {
  return table(
    ['Program type', 'List', 'Kernels'],
    programs.map((program) => [
      code(program.struct === undefined ? program.type : `${program.type}: ${program.struct}`),
      program.list === undefined ? 'none: no helper may be called' : code(program.list),
      rangeOf(program),
    ]),
  );
}

function rangeOf({ since, until }: { readonly since?: string; readonly until?: string }): string {
  return [...(since === undefined ? [] : [`from ${since}`]), ...(until === undefined ? [] : [`before ${until}`])].join(
    ', ',
  );
}
