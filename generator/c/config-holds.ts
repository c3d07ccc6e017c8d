import type { ConfigExpression } from './config-expression.ts';

/**
 * Whether a condition holds in a configuration.
 *
 * @param valueOf the value of an option as a .config has it, `n` where it is not set; undefined where it is not known
 * @returns undefined where what is known does not decide it
 */
export function configHolds(
  expression: ConfigExpression,
  valueOf: (option: string) => string | undefined,
): boolean | undefined {
  switch (expression.kind) {
    case 'option':
      return optionHolds(expression, valueOf(expression.option));
    case 'not': {
      const holds = configHolds(expression.operand, valueOf);
      return holds === undefined ? undefined : !holds;
    }
    case 'and':
    case 'or': {
      const decides = expression.kind === 'or';
      const all = expression.operands.map((operand) => configHolds(operand, valueOf));
      return all.includes(decides) ? decides : all.includes(undefined) ? undefined : !decides;
    }
  }
}

/**
 * A bare option that is a module is left open: for `#ifdef` it does not hold, for `obj-$(…)` of a Makefile it does, and
 * conditions come from both.
 */
function optionHolds(
  { test }: Extract<ConfigExpression, { kind: 'option' }>,
  value: string | undefined,
): boolean | undefined {
  if (value === undefined || value === 'n') {
    return value === undefined ? undefined : false;
  }
  switch (test) {
    case 'IS_ENABLED':
      return true;
    case 'IS_MODULE':
      return value === 'm';
    case 'IS_BUILTIN':
      return value !== 'm';
    case 'defined':
    case 'IS_REACHABLE':
      return value === 'm' ? undefined : true;
  }
}
