import { posix } from 'node:path';
import type { Condition } from '../c/condition.ts';
import { lex } from '../c/lex.ts';
import { preprocess } from '../c/preprocess.ts';
import type { SourceTree } from './source-tree.ts';

/** A C file that includes another, and the conditions under which it does. */
export interface Includer {
  readonly path: string;
  readonly conditions: readonly Condition[];
}

/** The C file of the same folder that includes a C file, as kernel/sched/build_policy.c does; undefined where none does. */
export function includerOf(tree: SourceTree, path: string): Includer | undefined {
  const folder = posix.dirname(path);
  const name = posix.basename(path);
  for (const other of tree.find(/\.c$/)) {
    if (posix.dirname(other) !== folder || tree.contains(other, [`"${name}"`]).length === 0) {
      continue;
    }
    const include = preprocess(lex(tree.read(other) ?? '')).includes.find(
      (each) => each.path === name && !each.isSystem,
    );
    if (include !== undefined) {
      return { path: other, conditions: include.conditions };
    }
  }
  return undefined;
}
