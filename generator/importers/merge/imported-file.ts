import type { Definition, Imported } from '../../../generated/types/imported.ts';
import { compareText } from '../../declarations/rows.ts';
import type { TreeSource } from '../tree/tree-model.ts';

type Lines = Readonly<Record<string, number>>;

/**
 * What was read from trees for a source file, with what one more kernel's tree says put in place of what was said of
 * that kernel before.
 *
 * @param existing undefined where nothing was read yet
 * @param read undefined where the kernel has nothing of the file
 * @param versions the kernels, oldest first
 */
export function mergeImported(
  existing: Imported | undefined,
  source: string,
  read: TreeSource | undefined,
  kernel: string,
  versions: readonly string[],
): Imported {
  const ordered = (lines: Lines): Record<string, number> =>
    Object.fromEntries(Object.entries(lines).toSorted(([a], [b]) => versions.indexOf(a) - versions.indexOf(b)));
  const withLine = (lines: Lines | undefined, line: number | undefined): Record<string, number> => {
    const others = Object.entries(lines ?? {}).filter(([version]) => version !== kernel);
    return ordered(Object.fromEntries(line === undefined ? others : [...others, [kernel, line]]));
  };
  const functions = mergeRecords(existing?.functions, [...(read?.functions ?? [])], (old, found) => {
    const definitions = (old ?? []).map((each) => ({ ...each, lines: withLine(each.lines, undefined) }));
    const same = definitions.find(({ prototype, file }) => prototype === found?.prototype && file === found.file);
    if (same !== undefined && found !== undefined) {
      same.lines = withLine(same.lines, found.line);
    } else if (found !== undefined) {
      definitions.push({ prototype: found.prototype, file: found.file, lines: { [kernel]: found.line } });
    }
    const first = ({ lines }: Definition): number => versions.indexOf(Object.keys(lines)[0] ?? '');
    const left = definitions.filter(({ lines }) => Object.keys(lines).length > 0);
    return left.length === 0 ? undefined : left.toSorted((a, b) => first(a) - first(b));
  });
  const mergeLines = (
    old: Readonly<Record<string, Lines>> | undefined,
    found: readonly (readonly [string, number])[],
  ): Record<string, Record<string, number>> =>
    mergeRecords(old, found, (lines, line) => {
      const merged = withLine(lines, line);
      return Object.keys(merged).length === 0 ? undefined : merged;
    });
  const sets = mergeRecords(
    existing?.sets,
    (read?.sets ?? []).map((set) => [set.name, set] as const),
    (old, set) => {
      const lines = withLine(old?.lines, set?.line);
      const kfuncs = mergeLines(
        old?.kfuncs,
        (set?.kfuncs ?? []).map(({ name, line }) => [name, line] as const),
      );
      return Object.keys(lines).length === 0 ? undefined : { lines, kfuncs };
    },
  );
  const dtors = mergeLines(
    existing?.dtors,
    (read?.dtors ?? []).map(({ type, line }) => [type, line] as const),
  );
  const schema = `${'../'.repeat(source.split('/').length + 1)}schemas/imported.schema.json`;
  return { $schema: existing?.$schema ?? schema, source, functions, sets, dtors };
}

/** The text of an .imported.json file. */
export function printImported(imported: Imported): string {
  return `${JSON.stringify(imported, null, 2)}\n`;
}

/** Merges by name; what comes to nothing is left out. Sorted by name. */
function mergeRecords<Old, New, Merged>(
  existing: Readonly<Record<string, Old>> | undefined,
  found: readonly (readonly [string, New])[],
  merge: (old: Old | undefined, found: New | undefined) => Merged | undefined,
): Record<string, Merged> {
  const old = new Map(Object.entries(existing ?? {}));
  const added = new Map(found);
  const names = [...new Set([...old.keys(), ...added.keys()])].sort(compareText);
  return Object.fromEntries(
    names.flatMap((name): [string, Merged][] => {
      const merged = merge(old.get(name), added.get(name));
      return merged === undefined ? [] : [[name, merged]];
    }),
  );
}
