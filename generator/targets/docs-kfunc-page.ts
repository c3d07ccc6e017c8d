import { printConfigExpression } from '../c/config-expression.ts';
import { allConditions, type KfuncEntry } from '../declarations/entries.ts';
import type { PrototypeModel } from '../declarations/model.ts';
import { progTypeName } from '../declarations/rows.ts';
import { INDEX_PATH, kfuncPath, type Catalog, type DocumentedKfunc } from './docs-catalog.ts';
import { descriptionsOf } from './docs-descriptions.ts';
import { groupByValue, kernelLinks } from './docs-kernel-ranges.ts';
import { code, codeBlock, link, page, plainText, section, table } from './docs-markdown.ts';
import { partnersOf, type References } from './docs-partners.ts';

/** The page of a kfunc through all kernels. */
export function kfuncPage(kfunc: DocumentedKfunc, catalog: Catalog, references: References): string {
  return page(catalog.comment, code(kfunc.name), [
    link('All kfuncs', kfuncPath(kfunc.name), INDEX_PATH),
    prototypes(kfunc, catalog),
    section('Registration', registrations(kfunc, catalog)),
    section('References', partners(kfunc, references)),
    section('Destructor', destructors(kfunc, catalog)),
    section('About', descriptionsOf(kfunc).map(plainText).join('\n\n')),
  ]);
}

function prototypes({ name, kernels }: DocumentedKfunc, catalog: Catalog): string {
  const known = kernels.flatMap(({ version, prototype }) =>
    prototype === undefined ? [] : [{ version, value: prototype }],
  );
  const groups = groupByValue(known, ({ prototype, file }) => `${prototype.text} ${file ?? ''}`);
  const shown = groups.map(({ value, versions }) => {
    const newest = known.findLast(({ version }) => versions.includes(version));
    return [
      ...(groups.length === 1 ? [] : [`In ${kernelLinks(versions, catalog.kernels, kfuncPath(name))}:`]),
      codeBlock(`${value.prototype.text};`, 'c'),
      ...(newest === undefined ? [] : [definition(newest.value, newest.version)]),
    ].join('\n\n');
  });
  return shown.join('\n\n');
}

function definition({ file, lines }: PrototypeModel, version: string): string {
  if (file === undefined) {
    return '';
  }
  const line = lines?.[version];
  return `Defined in ${code(file)}${line === undefined ? '' : `, line ${line} in ${version}`}.`;
}

function registrations({ name, kernels }: DocumentedKfunc, catalog: Catalog): string {
  const rows = kernels.flatMap(({ version, entries }) =>
    entries.map((entry) => {
      const value = rowsOf.get(entry) ?? registrationRow(entry);
      rowsOf.set(entry, value);
      return { version, value };
    }),
  );
  if (rows.length === 0) {
    return '';
  }
  return table(
    ['Kernels', 'Hook', 'Program types', 'Flags', 'Set', 'Owner', 'Source', 'Condition'],
    groupByValue(rows, ({ key }) => key).map(({ value, versions }) => [
      kernelLinks(versions, catalog.kernels, kfuncPath(name)),
      ...value.cells,
    ]),
  );
}

interface RegistrationRow {
  readonly cells: readonly string[];
  /** The same for rows of the same cells. */
  readonly key: string;
}

/** Kernels that share an entry share its row. */
const rowsOf = new WeakMap<KfuncEntry, RegistrationRow>();

function registrationRow({ source, set, kfunc, hook, progTypes }: KfuncEntry): RegistrationRow {
  const config = allConditions(source.config, set.config, kfunc.config);
  const flags = kfunc.flags.map((flag) => code(flag)).join(', ');
  const cells = [
    hook,
    progTypes.map((progType) => code(progTypeName(progType))).join(', '),
    kfunc.check ? flags : `${flags} (not callable)`,
    code(set.name),
    code(source.owner),
    code(source.source),
    config === undefined ? '' : code(printConfigExpression(config)),
  ];
  return { cells, key: cells.join('\0') };
}

function partners(kfunc: DocumentedKfunc, references: References): string {
  const links = (names: readonly string[]) =>
    names.map((name) => link(code(name), kfuncPath(kfunc.name), kfuncPath(name))).join(', ');
  return partnersOf(kfunc, references)
    .flatMap(({ type, releasedBy, acquiredBy }) => [
      ...(releasedBy.length > 0
        ? [`- A reference to ${code(type)} that it returns is released by ${links(releasedBy)}.`]
        : []),
      ...(acquiredBy.length > 0
        ? [`- A reference to ${code(type)} that it takes comes from ${links(acquiredBy)}.`]
        : []),
    ])
    .join('\n');
}

function destructors({ name, kernels }: DocumentedKfunc, catalog: Catalog): string {
  const pairs = kernels.flatMap(({ version, dtors }) => dtors.map((value) => ({ version, value })));
  return groupByValue(pairs, ({ dtor, source }) => `${dtor.type} ${source.source}`)
    .map(({ value, versions }) => {
      const where = kernelLinks(versions, catalog.kernels, kfuncPath(name));
      const { dtor, source } = value;
      return `- Frees objects of type ${code(dtor.type)} left in maps: ${where}; registered in ${code(source.source)}.`;
    })
    .join('\n');
}
