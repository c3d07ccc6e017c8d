import type { ConfigExpression } from './config-expression.ts';

/** checkpatch.pl complains about longer lines. */
const MAX_COLUMNS = 100;

/**
 * The condition as the preprocessor takes it after `#if`: `defined(CONFIG_X86) && IS_ENABLED(CONFIG_IPV6)`.
 *
 * @throws Error where an option is no CONFIG_ name, or a conjunction or disjunction has no operands: reading a
 * condition never gives one.
 */
export function toPreprocessor(expression: ConfigExpression): string {
  switch (expression.kind) {
    case 'option':
      return `${expression.test}(${checkedOption(expression.option)})`;
    case 'not':
      return `!${toOperand(expression.operand)}`;
    case 'and':
    case 'or':
      return toOperands(expression).join(operatorOf(expression.kind));
  }
}

/**
 * The directive that opens the condition: `#ifdef` and `#ifndef` for one option, else `#if`, continued on further
 * lines where it is long. Without a line feed at the end.
 *
 * @throws Error as toPreprocessor() does.
 */
export function toIfDirective(expression: ConfigExpression): string {
  if (isDefined(expression)) {
    return `#ifdef ${checkedOption(expression.option)}`;
  }
  if (expression.kind === 'not' && isDefined(expression.operand)) {
    return `#ifndef ${checkedOption(expression.operand.option)}`;
  }
  const line = `#if ${toPreprocessor(expression)}`;
  if (line.length <= MAX_COLUMNS || !isList(expression)) {
    return line;
  }
  return `#if ${toOperands(expression).join(`${operatorOf(expression.kind)}\\\n    `)}`;
}

type Option = Extract<ConfigExpression, { kind: 'option' }>;
type List = Extract<ConfigExpression, { kind: 'and' | 'or' }>;

function isDefined(expression: ConfigExpression): expression is Option {
  return expression.kind === 'option' && expression.test === 'defined';
}

function isList(expression: ConfigExpression): expression is List {
  return expression.kind === 'and' || expression.kind === 'or';
}

function operatorOf(kind: List['kind']): string {
  return kind === 'and' ? ' && ' : ' || ';
}

function toOperands({ kind, operands }: List): readonly string[] {
  if (operands.length === 0) {
    throw new Error(`a config condition joins nothing by \`${kind}\``);
  }
  return operands.map(toOperand);
}

function toOperand(expression: ConfigExpression): string {
  const text = toPreprocessor(expression);
  return isList(expression) && expression.operands.length > 1 ? `(${text})` : text;
}

function checkedOption(option: string): string {
  if (!/^CONFIG_[A-Za-z0-9_]+$/.test(option)) {
    throw new Error(`\`${option}\` in a config condition is no CONFIG_ option`);
  }
  return option;
}
