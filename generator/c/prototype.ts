import { CSyntaxError } from './syntax-error.ts';
import { tokenize, TokenCursor, type Token } from './tokenize.ts';

/** A C type as a prototype spells it. */
export interface CType {
  /** The whole type in kernel spelling: `const struct nf_conn *`, `u32`, `int (*)(void *, int *)`. */
  readonly text: string;
  /** The type without declarator: `struct nf_conn`, `u32`; qualifiers left out. */
  readonly base: string;
  /** Levels of indirection: 0 for a value, 2 for a pointer to a pointer; an array parameter counts as a pointer. */
  readonly pointers: number;
  /** A pointer to a function. */
  readonly isFunction: boolean;
}

/** A parameter of a prototype. */
export interface Parameter {
  readonly type: CType;
  readonly name: string;
}

/** A C function prototype. */
export interface Prototype {
  readonly name: string;
  /** The prototype in kernel spelling, without storage class, attributes and semicolon. */
  readonly text: string;
  readonly returns: CType;
  readonly params: readonly Parameter[];
  readonly isVariadic: boolean;
}

const QUALIFIERS = new Set(['const', 'volatile', 'restrict', '__user', '__percpu', '__rcu', '__iomem', '__force']);
const STORAGE = new Set(['static', 'extern', 'inline', '__inline', '__always_inline', 'noinline', '__bpf_kfunc']);

/** A type and what is declared with it, as spelled. */
interface Declared {
  readonly type: CType;
  readonly name: string;
  /** Type and name together, in kernel spelling. */
  readonly text: string;
}

/**
 * Reads one function prototype with parameter names: `struct nf_conn *bpf_ct_insert_entry(struct nf_conn___init *nfct_i)`.
 * Storage class and the markers before it are read over.
 *
 * @throws CSyntaxError where it is none, or where a parameter has no name.
 */
export function parsePrototype(text: string): Prototype {
  const cursor = new TokenCursor(tokenize(text));
  const { type: returns, name, text: head } = parseDeclared(cursor, 'a function name');
  cursor.expect('(');
  const { params, isVariadic } = parseParameters(cursor);
  cursor.accept(';');
  const rest = cursor.peek();
  if (rest.kind !== 'end') {
    throw new CSyntaxError(`expected the end, found \`${rest.text}\``, rest.offset);
  }
  const repeated = params.find((param, index) => params.slice(0, index).some((other) => other.name === param.name));
  if (repeated !== undefined) {
    throw new CSyntaxError(`two parameters are called \`${repeated.name}\``, text.lastIndexOf(repeated.name));
  }
  const shown = params.map((param) => param.text);
  const list = [...shown, ...(isVariadic ? ['...'] : [])].join(', ');
  return {
    name,
    text: `${head}(${list === '' ? 'void' : list})`,
    returns,
    params: params.map((param) => ({ type: param.type, name: param.name })),
    isVariadic,
  };
}

/** After the opening parenthesis, up to and with the closing one. */
function parseParameters(cursor: TokenCursor): { params: readonly Declared[]; isVariadic: boolean } {
  const params: Declared[] = [];
  if (cursor.accept(')')) {
    return { params, isVariadic: false };
  }
  if (cursor.peek().text === 'void' && cursor.peek(1).text === ')') {
    cursor.next();
    cursor.next();
    return { params, isVariadic: false };
  }
  for (;;) {
    if (cursor.accept('...')) {
      cursor.expect(')');
      return { params, isVariadic: true };
    }
    params.push(parseDeclared(cursor, 'a parameter name'));
    if (cursor.accept(')')) {
      return { params, isVariadic: false };
    }
    cursor.expect(',');
  }
}

/** Type specifiers, pointers and a name, with an array or function declarator behind. */
function parseDeclared(cursor: TokenCursor, what: string): Declared {
  const words = takeWords(cursor);
  let stars = '';
  const pointerQualifiers: string[] = [];
  while (cursor.accept('*')) {
    stars += '*';
    while (QUALIFIERS.has(cursor.peek().text)) {
      pointerQualifiers.push(cursor.next().text);
    }
  }
  if (cursor.peek().text === '(' && isFunctionDeclarator(cursor)) {
    return parseFunctionPointer(cursor, words, stars);
  }
  const nameToken = stars === '' ? words.pop() : cursor.next();
  if (
    nameToken === undefined ||
    nameToken.kind !== 'identifier' ||
    baseOf(words) === '' ||
    isTypeWord(nameToken, words)
  ) {
    const at = cursor.peek();
    throw new CSyntaxError(`expected ${what}, found \`${at.text}\``, nameToken?.offset ?? at.offset);
  }
  const array = takeArray(cursor);
  const spelled = words.map((word) => word.text).join(' ');
  const pointerText = pointerQualifiers.length > 0 ? `${stars}${pointerQualifiers.join(' ')} ` : stars;
  const isArray = array !== '';
  return {
    name: nameToken.text,
    text: `${spelled} ${pointerText}${nameToken.text}${array}`,
    type: {
      text: `${spelled}${stars === '' ? '' : ` ${pointerText.trimEnd()}`}${array}`,
      base: baseOf(words),
      pointers: stars.length + (isArray ? 1 : 0),
      isFunction: false,
    },
  };
}

function takeWords(cursor: TokenCursor): Token[] {
  const words: Token[] = [];
  while (cursor.peek().kind === 'identifier') {
    const word = cursor.next();
    if (!STORAGE.has(word.text)) {
      words.push(word);
    }
  }
  return words;
}

/** `struct x` and `unsigned` alone are types whose name is missing, not a name. */
function isTypeWord(token: Token, before: readonly Token[]): boolean {
  const previous = before.at(-1)?.text;
  return (
    /^(struct|union|enum)$/.test(previous ?? '') ||
    /^(void|char|short|int|long|float|double|signed|unsigned|bool|const|volatile)$/.test(token.text)
  );
}

/** `int (*cb)(…)`, or `int (cb)(…)` as a parameter, which means the same; not the `(void)` behind a function's name. */
function isFunctionDeclarator(cursor: TokenCursor): boolean {
  const isParenthesized = cursor.peek(1).kind === 'identifier' && cursor.peek(2).text === ')';
  return cursor.peek(1).text === '*' || (isParenthesized && cursor.peek(3).text === '(');
}

function parseFunctionPointer(cursor: TokenCursor, words: readonly Token[], stars: string): Declared {
  cursor.expect('(');
  cursor.accept('*');
  const name = cursor.next();
  if (name.kind !== 'identifier') {
    throw new CSyntaxError(`expected a parameter name, found \`${name.text}\``, name.offset);
  }
  cursor.expect(')');
  cursor.expect('(');
  const { params, isVariadic } = parseParameters(cursor);
  const list = [...params.map((param) => param.text), ...(isVariadic ? ['...'] : [])].join(', ') || 'void';
  const spelled = words.map((word) => word.text).join(' ');
  const returned = stars === '' ? `${spelled} ` : `${spelled} ${stars}`;
  return {
    name: name.text,
    text: `${returned}(*${name.text})(${list})`,
    type: { text: `${returned}(*)(${list})`, base: baseOf(words), pointers: 1, isFunction: true },
  };
}

function takeArray(cursor: TokenCursor): string {
  let text = '';
  while (cursor.accept('[')) {
    const size = cursor.peek().text === ']' ? '' : cursor.next().text;
    cursor.expect(']');
    text += `[${size}]`;
  }
  return text;
}

function baseOf(words: readonly Token[]): string {
  return words
    .map((word) => word.text)
    .filter((word) => !QUALIFIERS.has(word))
    .join(' ');
}
