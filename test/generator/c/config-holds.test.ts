import { expect, it } from 'vitest';
import { configHolds } from '../../../generator/c/config-holds.ts';
import { configNames } from '../../../generator/c/config-names.ts';
import { parseConfigExpression } from '../../../generator/c/config-expression.ts';

const CONFIG: Readonly<Record<string, string>> = {
  CONFIG_YES: 'y',
  CONFIG_MODULE: 'm',
  CONFIG_NO: 'n',
  CONFIG_NUMBER: '64',
};

it.each<[string, boolean | undefined]>([
  ['CONFIG_YES', true],
  ['CONFIG_NO', false],
  ['CONFIG_NUMBER', true],
  ['CONFIG_MODULE', undefined],
  ['CONFIG_UNKNOWN', undefined],
  ['IS_ENABLED(CONFIG_MODULE)', true],
  ['IS_BUILTIN(CONFIG_MODULE)', false],
  ['IS_BUILTIN(CONFIG_YES)', true],
  ['IS_MODULE(CONFIG_MODULE)', true],
  ['IS_MODULE(CONFIG_YES)', false],
  ['IS_REACHABLE(CONFIG_MODULE)', undefined],
  ['IS_REACHABLE(CONFIG_YES)', true],
  ['IS_ENABLED(CONFIG_NO)', false],
  ['!CONFIG_NO', true],
  ['!CONFIG_UNKNOWN', undefined],
  ['CONFIG_YES && CONFIG_NUMBER', true],
  ['CONFIG_YES && CONFIG_UNKNOWN', undefined],
  ['CONFIG_NO && CONFIG_UNKNOWN', false],
  ['CONFIG_NO || CONFIG_UNKNOWN', undefined],
  ['CONFIG_YES || CONFIG_UNKNOWN', true],
  ['CONFIG_NO || !CONFIG_YES', false],
])('%s holds: %s', (text, expected) => {
  expect(configHolds(parseConfigExpression(text), (option) => CONFIG[option])).toBe(expected);
});

it('names the options of a condition', () => {
  const condition = parseConfigExpression('CONFIG_A && !(IS_ENABLED(CONFIG_B) || CONFIG_A)');
  expect(configNames(condition)).toEqual(['CONFIG_A', 'CONFIG_B', 'CONFIG_A']);
});
