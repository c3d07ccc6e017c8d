import type { Declaration, Dtor, Kfunc, KfuncSet } from '../../../generated/types/declaration.ts';

/** Longer entries are spread over lines. */
const MAX_COLUMNS = 120;

/** A value of an entry: flags, hooks and the like are lists of words, or of words with a range. */
export type Value = string | boolean | readonly (string | Readonly<Record<string, string>>)[];

/** The text of a new declaration file, as the registry's files are written. */
export function printDeclaration(declaration: Declaration): string {
  const { sets, dtors, ...head } = declaration;
  const up = '../'.repeat(declaration.source.split('/').length + 1);
  return [
    `# yaml-language-server: $schema=${up}schemas/declaration.schema.json`,
    ...Object.entries(head).map(([key, value]) => `${key}: ${printValue(value as Value)}`),
    ...(sets === undefined ? [] : ['sets:', ...sets.flatMap((set) => indented(printSet(set), 2))]),
    ...(dtors === undefined ? [] : ['dtors:', ...dtors.flatMap((dtor) => indented(printEntry(dtor, 2), 2))]),
    '',
  ].join('\n');
}

/** The lines of a set as a list item. */
export function printSet({ kfuncs, ...head }: KfuncSet): readonly string[] {
  const lines = Object.entries(head).flatMap(([key, value]) => printPair(key, value as Value, 4));
  const entries = kfuncs.flatMap((entry) => indented(printEntry(entry, 6), 2));
  return asItem([...lines, ...(entries.length === 0 ? ['kfuncs: []'] : ['kfuncs:', ...entries])]);
}

/**
 * The lines of a kfunc or a destructor pair as a list item: one, where it is short enough.
 *
 * @param indent the column that the item begins in
 */
export function printEntry(entry: string | Kfunc | Dtor, indent: number): readonly string[] {
  if (typeof entry === 'string') {
    return [`- ${entry}`];
  }
  const pairs = Object.entries(entry) as [string, Value][];
  const line = `- { ${pairs.map(([key, value]) => `${key}: ${printValue(value)}`).join(', ')} }`;
  return line.length + indent <= MAX_COLUMNS
    ? [line]
    : asItem(pairs.flatMap(([key, value]) => printPair(key, value, indent + 2)));
}

/**
 * The lines of a key with its value: one, where that is short enough or can't be parted.
 *
 * @param indent the column that the key begins in
 */
export function printPair(key: string, value: Value, indent: number): readonly string[] {
  const line = `${key}: ${printValue(value)}`;
  return typeof value === 'object' && line.length + indent > MAX_COLUMNS
    ? [`${key}:`, ...value.map((item) => `  - ${printItem(item)}`)]
    : [line];
}

function asItem([first = '', ...rest]: readonly string[]): readonly string[] {
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

/** A value within a line. */
function printValue(value: Value): string {
  if (typeof value === 'boolean') {
    return String(value);
  }
  return typeof value === 'string' ? printText(value) : `[${value.map(printItem).join(', ')}]`;
}

function printItem(item: string | Readonly<Record<string, string>>): string {
  if (typeof item === 'string') {
    return printText(item);
  }
  return `{ ${Object.entries(item)
    .map(([key, value]) => `${key}: ${printText(value)}`)
    .join(', ')} }`;
}

/** Quoted where YAML would take it for anything but text. */
function printText(text: string): string {
  const isPlain = /^[A-Za-z_][\w ()&|!./+-]*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => ' '.repeat(by) + line);
}
