import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toIfDirective, toPreprocessor } from '../../../generator/c/config-expression-to-c.ts';
import {
  parseConfigExpression,
  printConfigExpression,
  type ConfigExpression,
} from '../../../generator/c/config-expression.ts';

const option = fc.record({
  kind: fc.constant('option' as const),
  test: fc.constantFrom('defined' as const, 'IS_ENABLED' as const, 'IS_BUILTIN' as const, 'IS_REACHABLE' as const),
  option: fc.stringMatching(/^CONFIG_[A-Z0-9_]{1,30}$/),
});
const { expression } = fc.letrec<{ expression: ConfigExpression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    option,
    fc.record({ kind: fc.constant('not' as const), operand: tie('expression') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('expression'), { minLength: 2, maxLength: 4 }),
    }),
  ),
}));

describe('a config condition for the preprocessor', () => {
  it.each([
    ['CONFIG_A', '#ifdef CONFIG_A'],
    ['!CONFIG_A', '#ifndef CONFIG_A'],
    ['IS_ENABLED(CONFIG_A)', '#if IS_ENABLED(CONFIG_A)'],
    ['!IS_MODULE(CONFIG_A)', '#if !IS_MODULE(CONFIG_A)'],
    ['CONFIG_A && !CONFIG_B', '#if defined(CONFIG_A) && !defined(CONFIG_B)'],
    ['CONFIG_A && CONFIG_B || CONFIG_C', '#if (defined(CONFIG_A) && defined(CONFIG_B)) || defined(CONFIG_C)'],
    ['!(CONFIG_A || CONFIG_B)', '#if !(defined(CONFIG_A) || defined(CONFIG_B))'],
    ['!!CONFIG_A', '#if !!defined(CONFIG_A)'],
  ])('%s is opened by %s', (text, directive) => {
    expect(toIfDirective(parseConfigExpression(text))).toBe(directive);
  });

  it('means what the declaration says', () => {
    fc.assert(
      fc.property(expression, (condition) => {
        const read = toPreprocessor(condition).replace(/defined\((\w+)\)/g, '$1');
        expect(printConfigExpression(parseConfigExpression(read))).toBe(printConfigExpression(condition));
      }),
    );
  });

  it('has the same words on one line and on many', () => {
    fc.assert(
      fc.property(expression, (condition) => {
        fc.pre(!/^#ifn?def/.test(toIfDirective(condition)));
        expect(toIfDirective(condition).replaceAll('\\\n    ', '')).toBe(`#if ${toPreprocessor(condition)}`);
      }),
    );
  });

  it.each<[string, ConfigExpression]>([
    ['an option of another name', { kind: 'option', test: 'defined', option: '1)\n#error' }],
    ['an operator without operands', { kind: 'and', operands: [] }],
  ])('is refused for %s', (_, condition) => {
    expect(() => toIfDirective(condition)).toThrow('config condition');
  });
});
