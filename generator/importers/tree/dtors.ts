import { spell } from '../c/brackets.ts';
import type { CodeToken } from '../c/preprocess.ts';
import { configOf, conjunction } from './conditions.ts';
import type { IdEntry, IdSection } from './id-sections.ts';
import { arrayOf } from './kfunc-id-sets.ts';
import type { Report } from './problem.ts';
import type { DtorRegistration } from './registrations.ts';
import type { TreeDtor } from './tree-model.ts';

/** The pairs of an array of struct btf_id_dtor_kfunc, whose members are elements of id lists. */
export function readDtors(
  registration: DtorRegistration,
  tokens: readonly CodeToken[],
  sections: ReadonlyMap<string, IdSection>,
  report: Report,
): readonly TreeDtor[] {
  const { array, line } = registration;
  const pairs = arrayOf(tokens, 'btf_id_dtor_kfunc', array);
  if (pairs === undefined) {
    report(line, `the array ${array} is not initialised in this file`);
    return [];
  }
  return pairs.flatMap((pair) => {
    const at = pair[0];
    if (at === undefined) {
      return [];
    }
    const [type, kfunc] = [
      elementOf(pair, 'btf_id', 0, sections),
      elementOf(pair, 'kfunc_btf_id', 1, sections),
    ] as const;
    if (type?.kind !== 'struct' || kfunc?.kind !== 'func') {
      report(at.line, `the pair \`${spell(pair)}\` of ${array} does not name a struct and a function of an id list`);
      return [];
    }
    const conditions = [...registration.conditions, ...at.conditions, ...type.conditions, ...kfunc.conditions];
    const config = configOf(conjunction(conditions, report));
    return [{ type: type.name, kfunc: kfunc.name, config, line: type.line }];
  });
}

/** The id list entry that a member of a pair is initialised with: `.member = list[index]`, or by position. */
function elementOf(
  pair: readonly CodeToken[],
  member: string,
  position: number,
  sections: ReadonlyMap<string, IdSection>,
): IdEntry | undefined {
  const text = pair.map((token) => token.text).join('');
  const named = new RegExp(`[{,]\\.${member}=(\\w+)\\[(\\d+)\\][,}]`).exec(text);
  const [, list, index] = named ?? [...text.matchAll(/[{,](\w+)\[(\d+)\](?=[,}])/g)][position] ?? [];
  return list === undefined ? undefined : sections.get(list)?.entries[Number(index)];
}
