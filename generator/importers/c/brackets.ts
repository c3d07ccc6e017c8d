import type { CToken } from './token.ts';

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/**
 * Where the bracket that stands at a position is closed; undefined where it is not, or where none stands there.
 * Brackets of the other kinds between are taken as they come.
 */
export function closingOf(tokens: readonly CToken[], open: number): number | undefined {
  const opening = tokens[open]?.text ?? '';
  const closing = CLOSING.get(opening);
  for (let at = open, depth = 0; closing !== undefined && at < tokens.length; at++) {
    const text = tokens[at]?.text;
    depth += text === opening ? 1 : text === closing ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return undefined;
}

/** What stands between the bracket at a position and its partner, split at the commas that stand in no further bracket. */
export function partsIn<T extends CToken>(tokens: readonly T[], open: number): readonly (readonly T[])[] {
  const close = closingOf(tokens, open) ?? open;
  const parts: T[][] = [];
  for (let at = open + 1, depth = 0; at < close; at++) {
    const token = tokens[at];
    if (token === undefined) {
      break;
    }
    depth += CLOSING.has(token.text) ? 1 : /^[)\]}]$/.test(token.text) ? -1 : 0;
    if (token.text === ',' && depth === 0) {
      parts.push([]);
    } else {
      (parts.at(-1) ?? newPart(parts)).push(token);
    }
  }
  return parts;
}

function newPart<T>(parts: T[][]): T[] {
  const part: T[] = [];
  parts.push(part);
  return part;
}

/** The tokens as text, with a space where the file has white space. */
export function spell(tokens: readonly CToken[]): string {
  return tokens.map(({ text, gap }, at) => (gap && at > 0 ? ` ${text}` : text)).join('');
}
