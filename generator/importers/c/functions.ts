import { closingOf } from './brackets.ts';
import type { CToken } from './token.ts';

/** A function definition. */
export interface CFunction<T extends CToken> {
  readonly name: string;
  /** What stands between its braces. */
  readonly body: readonly T[];
}

/** The functions of a file whose names pass: `name(…) { … }`. */
export function functionsNamed<T extends CToken>(tokens: readonly T[], name: RegExp): readonly CFunction<T>[] {
  const functions: CFunction<T>[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'identifier' || !name.test(token.text) || tokens[at + 1]?.text !== '(') {
      continue;
    }
    const open = (closingOf(tokens, at + 1) ?? at) + 1;
    const close = tokens[open]?.text === '{' ? closingOf(tokens, open) : undefined;
    if (close !== undefined) {
      functions.push({ name: token.text, body: tokens.slice(open + 1, close) });
    }
  }
  return functions;
}

/** The body of the first function whose name passes; undefined where there is none. */
export function bodyOf<T extends CToken>(tokens: readonly T[], name: RegExp): readonly T[] | undefined {
  return functionsNamed(tokens, name)[0]?.body;
}
