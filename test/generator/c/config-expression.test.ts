import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseConfigExpression,
  printConfigExpression,
  type ConfigExpression,
} from '../../../generator/c/config-expression.ts';
import { CSyntaxError } from '../../../generator/c/syntax-error.ts';

const option = (name: string, test: 'defined' | 'IS_ENABLED' = 'defined'): ConfigExpression => ({
  kind: 'option',
  test,
  option: name,
});

describe('parseConfigExpression', () => {
  it.each([
    ['CONFIG_X86', option('CONFIG_X86')],
    ['defined(CONFIG_X86)', option('CONFIG_X86')],
    ['IS_ENABLED(CONFIG_IPV6)', option('CONFIG_IPV6', 'IS_ENABLED')],
    ['!CONFIG_A', { kind: 'not', operand: option('CONFIG_A') }],
    ['(CONFIG_A)', option('CONFIG_A')],
    [
      'CONFIG_A && CONFIG_B && CONFIG_C',
      { kind: 'and', operands: [option('CONFIG_A'), option('CONFIG_B'), option('CONFIG_C')] },
    ],
    [
      'CONFIG_A || CONFIG_B && CONFIG_C',
      {
        kind: 'or',
        operands: [option('CONFIG_A'), { kind: 'and', operands: [option('CONFIG_B'), option('CONFIG_C')] }],
      },
    ],
  ] as const)('reads %s', (text, expression) => {
    expect(parseConfigExpression(text)).toEqual(expression);
  });

  it.each([
    ['', 0],
    ['X86', 0],
    ['CONFIG_', 0],
    ['CONFIG_A and CONFIG_B', 9],
    ['CONFIG_A &&', 11],
    ['(CONFIG_A', 9],
    ['IS_ENABLED CONFIG_A', 11],
    ['CONFIG_A == 1', 9],
    ['CONFIG_A\n#endif\nint evil', 9],
    [`${'!'.repeat(100)}CONFIG_A`, 33],
  ])('refuses %j at character %i', (text, offset) => {
    try {
      parseConfigExpression(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(CSyntaxError);
      expect((error as CSyntaxError).offset).toBe(offset);
    }
  });

  const { expression } = fc.letrec<{ expression: ConfigExpression; leaf: ConfigExpression }>((tie) => ({
    leaf: fc.record({
      kind: fc.constant('option' as const),
      test: fc.constantFrom('defined', 'IS_ENABLED', 'IS_BUILTIN', 'IS_MODULE', 'IS_REACHABLE'),
      option: fc.stringMatching(/^CONFIG_[A-Z0-9_]{1,6}$/),
    }),
    expression: fc.oneof(
      { maxDepth: 4 },
      tie('leaf'),
      fc.record({ kind: fc.constant('not' as const), operand: tie('expression') }),
      fc.record({
        kind: fc.constantFrom('and', 'or'),
        operands: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));

  it('reads what it prints', () => {
    fc.assert(
      fc.property(expression, (each) => {
        expect(parseConfigExpression(printConfigExpression(each))).toEqual(each);
      }),
    );
  });
});
