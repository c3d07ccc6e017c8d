import type { ConfigExpression } from './config-expression.ts';

/** The options that a condition names, each as often as it does. */
export function configNames(expression: ConfigExpression): readonly string[] {
  switch (expression.kind) {
    case 'option':
      return [expression.option];
    case 'not':
      return configNames(expression.operand);
    case 'and':
    case 'or':
      return expression.operands.flatMap(configNames);
  }
}
