import { CSyntaxError } from './syntax-error.ts';
import { tokenize, TokenCursor } from './tokenize.ts';

/** A condition over the kernel configuration. */
export type ConfigExpression =
  | { readonly kind: 'option'; readonly test: ConfigTest; readonly option: string }
  | { readonly kind: 'not'; readonly operand: ConfigExpression }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly ConfigExpression[] };

/** How an option is tested: `defined` is #ifdef CONFIG_X; the others are the macros of include/linux/kconfig.h. */
export type ConfigTest = 'defined' | 'IS_ENABLED' | 'IS_BUILTIN' | 'IS_MODULE' | 'IS_REACHABLE';

const TESTS: readonly ConfigTest[] = ['defined', 'IS_ENABLED', 'IS_BUILTIN', 'IS_MODULE', 'IS_REACHABLE'];

/** Parentheses and negations one within the other; deeper ones are nobody's. */
const MAX_DEPTH = 32;

/**
 * Reads a condition such as `CONFIG_X86 && !IS_ENABLED(CONFIG_IPV6)`, with C's precedence.
 *
 * @throws CSyntaxError where it is none.
 */
export function parseConfigExpression(text: string): ConfigExpression {
  const cursor = new TokenCursor(tokenize(text));
  const expression = parseOr(cursor, 0);
  const rest = cursor.peek();
  if (rest.kind !== 'end') {
    throw new CSyntaxError(`expected \`&&\`, \`||\` or the end, found \`${rest.text}\``, rest.offset);
  }
  return expression;
}

/** The condition as declarations spell it; reading it again gives the same condition. */
export function printConfigExpression(expression: ConfigExpression): string {
  switch (expression.kind) {
    case 'option':
      return expression.test === 'defined' ? expression.option : `${expression.test}(${expression.option})`;
    case 'not':
      return `!${printOperand(expression.operand)}`;
    case 'and':
    case 'or':
      return expression.operands.map(printOperand).join(expression.kind === 'and' ? ' && ' : ' || ');
  }
}

/**
 * Whether two conditions can't hold at once, as far as that is plain: one demands an option that the other forbids.
 * False where it is not plain.
 */
export function areExclusive(a: ConfigExpression | undefined, b: ConfigExpression | undefined): boolean {
  const [demandsOfA, demandsOfB] = [demandsOf(a), demandsOf(b)];
  const contradicts = (one: ConfigExpression, other: ConfigExpression): boolean =>
    one.kind === 'not' && printConfigExpression(one.operand) === printConfigExpression(other);
  return demandsOfA.some((one) => demandsOfB.some((other) => contradicts(one, other) || contradicts(other, one)));
}

/** What must hold for a condition to hold. */
function demandsOf(expression: ConfigExpression | undefined): readonly ConfigExpression[] {
  return expression === undefined
    ? []
    : expression.kind === 'and'
      ? expression.operands.flatMap(demandsOf)
      : [expression];
}

function printOperand(operand: ConfigExpression): string {
  const text = printConfigExpression(operand);
  return operand.kind === 'and' || operand.kind === 'or' ? `(${text})` : text;
}

function parseOr(cursor: TokenCursor, depth: number): ConfigExpression {
  const operands = [parseAnd(cursor, depth)];
  while (cursor.accept('||')) {
    operands.push(parseAnd(cursor, depth));
  }
  return join('or', operands);
}

function parseAnd(cursor: TokenCursor, depth: number): ConfigExpression {
  const operands = [parseUnary(cursor, depth)];
  while (cursor.accept('&&')) {
    operands.push(parseUnary(cursor, depth));
  }
  return join('and', operands);
}

function join(kind: 'and' | 'or', operands: readonly ConfigExpression[]): ConfigExpression {
  const [only, ...others] = operands;
  return only !== undefined && others.length === 0 ? only : { kind, operands };
}

function parseUnary(cursor: TokenCursor, depth: number): ConfigExpression {
  const token = cursor.peek();
  if (depth > MAX_DEPTH) {
    throw new CSyntaxError('the condition is nested too deeply', token.offset);
  }
  if (cursor.accept('!')) {
    return { kind: 'not', operand: parseUnary(cursor, depth + 1) };
  }
  if (cursor.accept('(')) {
    const inner = parseOr(cursor, depth + 1);
    cursor.expect(')');
    return inner;
  }
  const test = TESTS.find((name) => name === token.text);
  if (test === undefined) {
    return { kind: 'option', test: 'defined', option: parseOption(cursor) };
  }
  cursor.next();
  cursor.expect('(');
  const option = parseOption(cursor);
  cursor.expect(')');
  return { kind: 'option', test, option };
}

function parseOption(cursor: TokenCursor): string {
  const token = cursor.next();
  if (token.kind !== 'identifier' || !/^CONFIG_[A-Za-z0-9_]+$/.test(token.text)) {
    throw new CSyntaxError(`expected a CONFIG_ option, found \`${token.text}\``, token.offset);
  }
  return token.text;
}
