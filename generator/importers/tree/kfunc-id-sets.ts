import { closingOf, partsIn, spell } from '../c/brackets.ts';
import type { Condition } from '../c/condition.ts';
import type { CodeToken } from '../c/preprocess.ts';
import type { Report } from './problem.ts';

/** A variable of type struct btf_kfunc_id_set (include/linux/btf.h) as it is initialised. */
export interface KfuncIdSet {
  readonly name: string;
  readonly line: number;
  readonly conditions: readonly Condition[];
  /** The id sets it points to, by member: `set`, or `check_set`, `acquire_set`, … */
  readonly members: ReadonlyMap<string, Member>;
  readonly filter: string | undefined;
}

/** A member of a struct btf_kfunc_id_set. */
export interface Member {
  /** The id set that it points to. */
  readonly target: string;
  readonly conditions: readonly Condition[];
}

/** The variables of type struct btf_kfunc_id_set that a file defines, by name. */
export function readKfuncIdSets(tokens: readonly CodeToken[], report: Report): ReadonlyMap<string, KfuncIdSet> {
  const sets = new Map<string, KfuncIdSet>();
  for (const [at, token] of tokens.entries()) {
    if (token.text !== 'btf_kfunc_id_set' || tokens[at - 1]?.text !== 'struct') {
      continue;
    }
    const name = tokens[at + 1];
    const isVariable = name?.kind === 'identifier' && tokens[at + 2]?.text === '=' && tokens[at + 3]?.text === '{';
    if (isVariable) {
      sets.set(name.text, initialised(tokens, name, at + 3, report));
    } else if (name?.kind === 'identifier' && tokens[at + 2]?.text === '[') {
      report(name.line, `${name.text} is an array of struct btf_kfunc_id_set, which is not resolved`);
    }
  }
  return sets;
}

function initialised(tokens: readonly CodeToken[], name: CodeToken, open: number, report: Report): KfuncIdSet {
  const members = new Map<string, Member>();
  let filter: string | undefined;
  for (const part of partsIn(tokens, open)) {
    const [dot, member, equals, ...value] = part;
    const text = spell(value);
    const target = /^&(\w+)$/.exec(text)?.[1];
    if (member === undefined) {
      continue;
    }
    if (dot?.text !== '.' || equals?.text !== '=') {
      report(member.line, `an initialiser of ${name.text} names no member`);
    } else if (member.text === 'filter' && /^&?\w+$/.test(text)) {
      filter = text === 'NULL' ? undefined : text.replace('&', '');
    } else if (target !== undefined && /^(\w+_)?set$/.test(member.text)) {
      members.set(member.text, { target, conditions: member.conditions });
    } else if (member.text !== 'owner' && text !== 'NULL') {
      report(member.line, `\`.${member.text} = ${text}\` of ${name.text} can't be read`);
    }
    if (member.text === 'filter' && member.conditions.length > name.conditions.length) {
      report(member.line, `the filter of ${name.text} stands under a condition of its own, which is left out`);
    }
  }
  return { name: name.text, line: name.line, conditions: name.conditions, members, filter };
}

/** The initialisers of an array variable of a struct type: `struct TYPE NAME[] = { {…}, {…} }`; undefined where not found. */
export function arrayOf(
  tokens: readonly CodeToken[],
  type: string,
  name: string,
): readonly (readonly CodeToken[])[] | undefined {
  for (const [at, token] of tokens.entries()) {
    if (token.text === type && tokens[at + 1]?.text === name && tokens[at + 2]?.text === '[') {
      const bracket = closingOf(tokens, at + 2) ?? at;
      return tokens[bracket + 1]?.text === '=' ? partsIn(tokens, bracket + 2) : undefined;
    }
  }
  return undefined;
}
