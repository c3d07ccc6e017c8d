import { CSyntaxError } from './syntax-error.ts';

export interface Token {
  readonly kind: 'identifier' | 'number' | 'punctuator' | 'end';
  readonly text: string;
  readonly offset: number;
}

/** Longer texts are no prototype and no condition; the bound keeps the parsers' recursion shallow. */
const MAX_LENGTH = 4096;

const TOKEN = /\s*(?:([A-Za-z_]\w*)|(\d\w*)|(\.\.\.|&&|\|\||[*(),[\]!;]))/y;

/**
 * Splits a prototype or a config condition into tokens; the last is always `end`.
 *
 * @throws CSyntaxError at the first character that begins no token of these two.
 */
export function tokenize(text: string): readonly Token[] {
  if (text.length > MAX_LENGTH) {
    throw new CSyntaxError(`longer than ${String(MAX_LENGTH)} characters`, MAX_LENGTH);
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) {
      const offset = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
      if (offset === text.length) {
        break;
      }
      throw new CSyntaxError(`unexpected character \`${text[offset] ?? ''}\``, offset);
    }
    const [whole, identifier, number, punctuator] = match;
    const word = identifier ?? number ?? punctuator ?? '';
    const kind = identifier !== undefined ? 'identifier' : number !== undefined ? 'number' : 'punctuator';
    tokens.push({ kind, text: word, offset: at + whole.length - word.length });
    at += whole.length;
  }
  tokens.push({ kind: 'end', text: 'end', offset: text.length });
  return tokens;
}

/** A cursor over tokens. */
export class TokenCursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) {
      throw new Error('a token list without end');
    }
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** Takes the next token if it has this text. */
  accept(text: string): boolean {
    const found = this.peek().kind !== 'end' && this.peek().text === text;
    if (found) {
      this.#at++;
    }
    return found;
  }

  /** @throws CSyntaxError where the next token has another text. */
  expect(text: string): void {
    if (!this.accept(text)) {
      const token = this.peek();
      throw new CSyntaxError(`expected \`${text}\`, found \`${token.text}\``, token.offset);
    }
  }
}
