import { closingOf, partsIn, spell } from './brackets.ts';
import type { Preprocessed } from './preprocess.ts';
import type { CToken } from './token.ts';

/** The members of `enum NAME { … }` in order, with their values; undefined where the file has no such enum. */
export function enumMembers(tokens: readonly CToken[], name: string): ReadonlyMap<string, number> | undefined {
  const at = tokens.findIndex(
    ({ text }, index) => text === name && tokens[index - 1]?.text === 'enum' && tokens[index + 1]?.text === '{',
  );
  if (at === -1) {
    return undefined;
  }
  const members = new Map<string, number>();
  let next = 0;
  for (const [member, equals, ...value] of partsIn(tokens, at + 1)) {
    if (member !== undefined) {
      const text = spell(value);
      next = equals === undefined ? next : (members.get(text) ?? integerOf(value) ?? next);
      members.set(member.text, next);
      next++;
    }
  }
  return members;
}

/** The value of a constant: a macro that is a number, or an enum member that is given one. */
export function constantOf({ tokens, macros }: Preprocessed, name: string): number | undefined {
  const macro = macros.get(name);
  if (macro?.params === undefined && macro !== undefined) {
    return integerOf(macro.body);
  }
  const at = tokens.findIndex(({ text }, index) => text === name && tokens[index + 1]?.text === '=');
  return at === -1 ? undefined : integerOf(tokens.slice(at + 2, at + 3));
}

/** A number, or `(1 << n)`; undefined for anything else. */
export function integerOf(tokens: readonly CToken[]): number | undefined {
  const inner = tokens[0]?.text === '(' && closingOf(tokens, 0) === tokens.length - 1 ? tokens.slice(1, -1) : tokens;
  const text = inner.map((token) => token.text).join('');
  const shift = /^1[uUlL]*<<(\d+)$/.exec(text)?.[1];
  const number = /^(0x[\da-fA-F]+|\d+)[uUlL]*$/.exec(text)?.[1];
  return shift !== undefined ? 2 ** Number(shift) : number !== undefined ? Number(number) : undefined;
}
