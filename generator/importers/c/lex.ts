import type { CToken, Directive } from './token.ts';

const IDENTIFIER = /[A-Za-z_$][\w$]*/y;
/** A preprocessing number (C11, 6.4.8). */
const NUMBER = /\.?\d(?:[eEpP][+-]|[\w.])*/y;
const STRING = /"(?:[^"\\\n]|\\[^])*"/y;
const CHAR = /'(?:[^'\\\n]|\\[^])+'/y;
const PUNCTUATOR = /\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|##|[^]/y;
/** White space within a line; a backslash before the line's end joins the next line to it. */
const BLANK = /(?:[ \t\r\f\v]|\\\r?\n)+/y;

/**
 * Splits C source text into tokens and directives. Nothing is refused: a quote without its partner, as in the text of
 * an #error, is a punctuator; a comment without end takes the rest of the file.
 */
export function lex(text: string): readonly (CToken | Directive)[] {
  return new Lexer(text).run();
}

class Lexer {
  readonly #text: string;
  readonly #items: (CToken | Directive)[] = [];
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  run(): readonly (CToken | Directive)[] {
    for (;;) {
      const gap = this.#skip(true);
      if (this.#at >= this.#text.length) {
        return this.#items;
      }
      const isFirst = gap === 'line' || this.#items.length === 0;
      this.#items.push(isFirst && this.#text[this.#at] === '#' ? this.#directive() : this.#token(gap !== 'none'));
    }
  }

  #directive(): Directive {
    const line = this.#line;
    this.#at++;
    const tokens: CToken[] = [];
    for (;;) {
      const gap = this.#skip(false);
      if (this.#at >= this.#text.length || this.#text[this.#at] === '\n') {
        break;
      }
      tokens.push(this.#token(gap !== 'none'));
    }
    const [first, ...rest] = tokens;
    return first?.kind === 'identifier'
      ? { kind: 'directive', name: first.text, tokens: rest, line }
      : { kind: 'directive', name: '', tokens, line };
  }

  #token(gap: boolean): CToken {
    const line = this.#line;
    const identifier = this.#match(IDENTIFIER);
    if (identifier !== undefined) {
      return { kind: 'identifier', text: identifier, line, gap };
    }
    const number = this.#match(NUMBER);
    if (number !== undefined) {
      return { kind: 'number', text: number, line, gap };
    }
    const string = this.#match(STRING);
    if (string !== undefined) {
      return { kind: 'string', text: string, line, gap };
    }
    const char = this.#match(CHAR);
    if (char !== undefined) {
      return { kind: 'char', text: char, line, gap };
    }
    return { kind: 'punctuator', text: this.#match(PUNCTUATOR) ?? '', line, gap };
  }

  /** Takes what the pattern matches here, and counts its lines. */
  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#take(found ?? '');
    return found;
  }

  /** Skips white space and comments, and line ends where asked for; tells what was skipped. */
  #skip(overLines: boolean): 'none' | 'blank' | 'line' {
    let gap: 'none' | 'blank' | 'line' = 'none';
    for (;;) {
      const before = this.#at;
      if (this.#match(BLANK) === undefined) {
        if (overLines && this.#text[this.#at] === '\n') {
          this.#take('\n');
          gap = 'line';
          continue;
        }
        if (this.#text.startsWith('/*', this.#at)) {
          const end = this.#text.indexOf('*/', this.#at + 2);
          this.#take(this.#text.slice(this.#at, end === -1 ? undefined : end + 2));
        } else if (this.#text.startsWith('//', this.#at)) {
          this.#take(this.#text.slice(this.#at, this.#lineEnd()));
        }
      }
      if (this.#at === before) {
        return gap;
      }
      gap = gap === 'none' ? 'blank' : gap;
    }
  }

  /** The line feed that ends this line; one after a backslash does not. */
  #lineEnd(): number {
    let end = this.#at;
    do {
      end = this.#text.indexOf('\n', end + 1);
    } while (end > 0 && /\\\r?$/.test(this.#text.slice(end - 2, end)));
    return end === -1 ? this.#text.length : end;
  }

  #take(taken: string): void {
    this.#at += taken.length;
    for (let at = taken.indexOf('\n'); at !== -1; at = taken.indexOf('\n', at + 1)) {
      this.#line++;
    }
  }
}
