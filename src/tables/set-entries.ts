import type { KfuncSet } from './kernel-table.ts';

/**
 * The kfuncs of a set, each with its word, in the order of the set.
 *
 * @throws TypeError if names and words do not take turns
 */
export function* setEntries<Name extends string>(set: KfuncSet<Name>): Generator<readonly [name: Name, word: number]> {
  for (let position = 0; position < set.kfuncs.length; position += 2) {
    const name = set.kfuncs[position];
    const word = set.kfuncs[position + 1];
    if (typeof name !== 'string' || typeof word !== 'number') {
      throw new TypeError(`set ${set.name}: no name and word at ${position}`);
    }
    yield [name, word];
  }
}
