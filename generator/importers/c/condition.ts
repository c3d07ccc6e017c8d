import type { ConfigExpression, ConfigTest } from '../../c/config-expression.ts';
import { spell } from './brackets.ts';
import type { CToken } from './token.ts';

/** What code stands under: a condition over the kernel configuration, or one that is none, as spelled. */
export type Condition =
  | { readonly kind: 'config'; readonly expression: ConfigExpression }
  | { readonly kind: 'unknown'; readonly text: string; readonly line: number };

/** What the expression of an #if comes to: known already, or a condition. */
export type Test = boolean | Condition;

/** Tests of include/linux/kconfig.h, and `defined`. */
const TESTS: readonly ConfigTest[] = ['defined', 'IS_ENABLED', 'IS_BUILTIN', 'IS_MODULE', 'IS_REACHABLE'];

/** `defined(name)`: known for a macro that the file defines, else a condition. */
export function testDefined(name: string, isMacro: (name: string) => boolean, line: number): Test {
  if (isMacro(name)) {
    return true;
  }
  return name.startsWith('CONFIG_')
    ? { kind: 'config', expression: { kind: 'option', test: 'defined', option: name } }
    : { kind: 'unknown', text: `defined(${name})`, line };
}

/**
 * The test of an #if or #elif.
 *
 * @param tokens what stands behind the directive's name
 * @param isMacro whether the file has defined this macro by now
 */
export function testOf(tokens: readonly CToken[], isMacro: (name: string) => boolean, line: number): Test {
  const parser = new TestParser(tokens, isMacro, line);
  return parser.parse() ?? unknown(tokens, line);
}

export function negate(test: Test): Test {
  if (typeof test === 'boolean') {
    return !test;
  }
  if (test.kind === 'unknown') {
    return { ...test, text: `!(${test.text})` };
  }
  const { expression } = test;
  return {
    kind: 'config',
    expression: expression.kind === 'not' ? expression.operand : { kind: 'not', operand: expression },
  };
}

function unknown(tokens: readonly CToken[], line: number): Condition {
  return { kind: 'unknown', text: spell(tokens), line };
}

/** Joins tests by && or ||; undefined where an unknown one decides. */
function join(kind: 'and' | 'or', tests: readonly (Test | undefined)[]): Test | undefined {
  const decisive = kind === 'or';
  const open = tests.filter((test) => test !== !decisive);
  if (open.includes(decisive)) {
    return decisive;
  }
  const operands: ConfigExpression[] = [];
  for (const test of open) {
    if (test === undefined || typeof test === 'boolean' || test.kind === 'unknown') {
      return undefined;
    }
    operands.push(...(test.expression.kind === kind ? test.expression.operands : [test.expression]));
  }
  const [only, ...others] = operands;
  if (only === undefined) {
    return !decisive;
  }
  return { kind: 'config', expression: others.length === 0 ? only : { kind, operands } };
}

/** Every method returns undefined for what is no condition over the configuration. */
class TestParser {
  readonly #tokens: readonly CToken[];
  readonly #isMacro: (name: string) => boolean;
  readonly #line: number;
  #at = 0;

  constructor(tokens: readonly CToken[], isMacro: (name: string) => boolean, line: number) {
    this.#tokens = tokens;
    this.#isMacro = isMacro;
    this.#line = line;
  }

  parse(): Test | undefined {
    const test = this.#or();
    return this.#at === this.#tokens.length ? test : undefined;
  }

  #accept(text: string): boolean {
    const found = this.#tokens[this.#at]?.text === text;
    if (found) {
      this.#at++;
    }
    return found;
  }

  #or(): Test | undefined {
    const tests = [this.#and()];
    while (this.#accept('||')) {
      tests.push(this.#and());
    }
    return tests.length === 1 ? tests[0] : join('or', tests);
  }

  #and(): Test | undefined {
    const tests = [this.#unary()];
    while (this.#accept('&&')) {
      tests.push(this.#unary());
    }
    return tests.length === 1 ? tests[0] : join('and', tests);
  }

  #unary(): Test | undefined {
    if (this.#accept('!')) {
      const operand = this.#unary();
      return operand === undefined ? undefined : negate(operand);
    }
    if (this.#accept('(')) {
      const inner = this.#or();
      return this.#accept(')') ? inner : undefined;
    }
    const token = this.#tokens[this.#at++];
    if (token?.kind === 'number') {
      return /^\d+[uUlL]*$/.test(token.text) ? Number.parseInt(token.text, 10) !== 0 : undefined;
    }
    const test = TESTS.find((name) => name === token?.text);
    return test === undefined ? undefined : this.#option(test);
  }

  #option(test: ConfigTest): Test | undefined {
    const isParenthesized = this.#accept('(');
    const name = this.#tokens[this.#at++];
    const isWhole = isParenthesized ? this.#accept(')') : test === 'defined';
    if (name?.kind !== 'identifier' || !isWhole) {
      return undefined;
    }
    if (test === 'defined') {
      return testDefined(name.text, this.#isMacro, this.#line);
    }
    return name.text.startsWith('CONFIG_')
      ? { kind: 'config', expression: { kind: 'option', test, option: name.text } }
      : undefined;
  }
}
