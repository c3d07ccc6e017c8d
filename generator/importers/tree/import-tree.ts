import { compareText } from '../../declarations/rows.ts';
import { configOf, conjunction } from './conditions.ts';
import { findDefinitions } from './find-definitions.ts';
import { importSource } from './import-source.ts';
import { includerOf } from './included-by.ts';
import { ownersBy, type FindOwner } from './kbuild.ts';
import { optionTypes } from './kconfig.ts';
import type { Problem, Report } from './problem.ts';
import { REGISTER } from './registrations.ts';
import type { SetLayout } from './set-entries.ts';
import type { SourceTree } from './source-tree.ts';
import type { TreeImport, TreeSource } from './tree-model.ts';

/**
 * Reads every C file of a kernel source tree that registers kfunc sets or destructor pairs.
 *
 * @param layout of the kernel that the tree is of
 */
export function importTree(tree: SourceTree, layout: SetLayout): TreeImport {
  const problems = new Map<string, Problem>();
  const reportIn =
    (file: string): Report =>
    (line, reason) => {
      problems.set([file, line, reason].join('\0'), { file, line, reason });
    };
  const findOwner = ownersBy(tree, optionTypes(tree));
  const read = tree
    .find(/\.c$/)
    .filter((path) => tree.contains(path, [REGISTER]).length > 0)
    .map((source) => ({ source, ...importSource(tree, source, layout, reportIn(source)) }))
    .filter(({ sets, dtors }) => sets.length > 0 || dtors.length > 0)
    .map((each) => ({ ...each, ...placeOf(tree, each.source, findOwner, reportIn(each.source)) }));
  const { found, problems: unfound } = findDefinitions(
    tree,
    read.map(({ source, sets, dtors }) => ({
      source,
      names: new Map([
        ...dtors.map(({ kfunc, line }) => [kfunc, line] as const),
        ...sets.flatMap(({ kfuncs }) => kfuncs.map(({ name, line }) => [name, line] as const)),
      ]),
    })),
  );
  const sources = read.map((each): TreeSource => ({ ...each, functions: found.get(each.source) ?? new Map() }));
  const all = [...problems.values(), ...unfound];
  return { sources, problems: all.toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line) };
}

/** Who a file is linked into, and the condition under which another file includes it. */
function placeOf(
  tree: SourceTree,
  source: string,
  findOwner: FindOwner,
  report: Report,
): Pick<TreeSource, 'owner' | 'config'> {
  const owner = findOwner(source);
  const includer = owner === undefined ? includerOf(tree, source) : undefined;
  const config = configOf(conjunction(includer?.conditions ?? [], report));
  const found = owner ?? (includer === undefined ? undefined : findOwner(includer.path));
  if (found === undefined) {
    report(1, 'no Makefile tells what this file is linked into; it is taken for vmlinux');
  }
  return { owner: found ?? 'vmlinux', config };
}
