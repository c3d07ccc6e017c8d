import type { Btf } from './btf.ts';
import { LIMITS } from './btf-layout.ts';

/** The strings that records of one BTF may name. */
export interface Names {
  readonly base: Btf | undefined;
  readonly strings: Uint8Array;
  /** Offset of the first own string, as records have it. */
  readonly first: number;
}

/** What a name has to look like (kernel/bpf/btf.c, btf_name_valid_identifier() and btf_name_valid_section()). */
export type NameRule = 'none' | 'any' | 'text' | 'identifier' | 'optional' | 'dotted' | 'section';

const LETTER = 1;
const DIGIT = 2;
const DOT = 4;
const CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[A-Za-z_]/.test(character) ? LETTER : /[0-9]/.test(character) ? DIGIT : character === '.' ? DOT : 0;
});

/**
 * Whether the string at an offset keeps a rule; undefined if there is no string: beyond the end, or in the middle of a
 * string of the base. The tools that write split BTF refer to whole strings, so that happens with another base.
 */
export function keepsRule(names: Names, offset: number, rule: NameRule): boolean | undefined {
  const strings = findStrings(names, offset);
  if (strings === undefined) return undefined;
  const { bytes, start } = strings;
  switch (rule) {
    case 'none':
      return offset === 0;
    case 'any':
      return true;
    case 'text':
      return bytes[start] !== 0;
    case 'identifier':
      return isIdentifierAt(bytes, start, LETTER, LETTER | DIGIT);
    case 'optional':
      return offset === 0 || isIdentifierAt(bytes, start, LETTER, LETTER | DIGIT);
    case 'dotted':
      return isIdentifierAt(bytes, start, LETTER | DOT, LETTER | DIGIT | DOT);
    case 'section':
      return isPrintable(bytes, start);
  }
}

function findStrings(names: Names, offset: number): { bytes: Uint8Array; start: number } | undefined {
  const own = offset - names.first;
  if (own >= 0) return own < names.strings.length ? { bytes: names.strings, start: own } : undefined;
  let home = names.base;
  while (home?.base !== undefined && offset < home.firstString) home = home.base;
  if (home === undefined) return undefined;
  const start = offset - home.firstString;
  return start === 0 || home.strings[start - 1] === 0 ? { bytes: home.strings, start } : undefined;
}

/** The section ends with a zero, so the loop ends in it. */
function isIdentifierAt(strings: Uint8Array, start: number, first: number, others: number): boolean {
  if (((CLASSES[strings[start] ?? 0] ?? 0) & first) === 0) return false;
  const limit = start + LIMITS.identifierBytes;
  let at = start + 1;
  while (at < limit && ((CLASSES[strings[at] ?? 0] ?? 0) & others) !== 0) at++;
  return strings[at] === 0;
}

function isPrintable(strings: Uint8Array, start: number): boolean {
  const limit = start + LIMITS.identifierBytes;
  let at = start;
  while (at < limit && (strings[at] ?? 0) >= 0x20 && (strings[at] ?? 0) < 0x7f) at++;
  return at > start && strings[at] === 0;
}
