import { definitionsIn } from './definitions.ts';
import type { Problem, Report } from './problem.ts';
import type { SourceTree } from './source-tree.ts';
import type { TreeFunction } from './tree-model.ts';

/** The functions that a source file names. */
export interface Wanted {
  readonly source: string;
  /** With a line of the file that names each. */
  readonly names: ReadonlyMap<string, number>;
}

/**
 * Finds the definitions of the functions that source files name: in the file itself, else in the nearest file of the
 * tree that defines one.
 *
 * @returns what was found, by source file and name, and a problem for each function that was not
 */
export function findDefinitions(
  tree: SourceTree,
  wanted: readonly Wanted[],
): { readonly found: ReadonlyMap<string, ReadonlyMap<string, TreeFunction>>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const reportIn =
    (file: string): Report =>
    (line, reason) =>
      problems.push({ file, line, reason });
  const found = new Map<string, ReadonlyMap<string, TreeFunction>>();
  for (const { source, names } of wanted) {
    const own = definitionsIn(tree, source, new Set(names.keys()), reportIn(source));
    const elsewhere = new Map<string, TreeFunction>();
    const missing = new Set([...names.keys()].filter((name) => !own.has(name)));
    for (const path of missing.size === 0 ? [] : nearestFirst(tree.find(/\.[ch]$/), source)) {
      const here = tree
        .contains(
          path,
          [...missing].map((name) => `${name}(`),
        )
        .map((text) => text.slice(0, -1));
      if (here.length > 0) {
        for (const [name, definition] of definitionsIn(tree, path, new Set(here), reportIn(path))) {
          elsewhere.set(name, definition);
          missing.delete(name);
        }
      }
      if (missing.size === 0) {
        break;
      }
    }
    for (const name of missing) {
      problems.push({ file: source, line: names.get(name) ?? 1, reason: `no definition of ${name} was found` });
    }
    found.set(source, new Map([...own, ...elsewhere]));
  }
  return { found, problems };
}

/** Files of the same folder, then of the same folder at the root, then all others; C files before headers in each. */
function nearestFirst(paths: readonly string[], source: string): readonly string[] {
  const folder = source.slice(0, source.lastIndexOf('/') + 1);
  const top = source.slice(0, source.indexOf('/') + 1);
  const rank = (path: string): number => {
    const isHeader = path.endsWith('.h') ? 1 : 0;
    const isNear = path.startsWith(folder) && !path.slice(folder.length).includes('/');
    return (isNear ? 0 : path.startsWith(top) ? 2 : 4) + isHeader;
  };
  return paths
    .filter((path) => path !== source)
    .map((path) => ({ path, rank: rank(path) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ path }) => path);
}
