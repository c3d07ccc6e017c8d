import { expect, it } from 'vitest';
import { kernelRunText } from '../../../generator/diagnostics/kernel-runs.ts';

const ALL = ['v5.18', 'v5.19', 'v6.0', 'v6.13', 'v6.14', 'v6.17', 'v6.19', 'v7.0'];

it.each([
  ['neighbours are drawn together', ['v6.13', 'v6.14'], 'v6.13–v6.14'],
  ['the first of a series follows the last of the one before', ['v5.18', 'v5.19', 'v6.0'], 'v5.18–v6.0'],
  ['one that does not have it is a gap', ['v5.18', 'v6.0'], 'v5.18, v6.0'],
  ['a version without a profile is one, too', ['v6.14', 'v6.17'], 'v6.14, v6.17'],
  ['all of them', ALL, 'v5.18–v6.0, v6.13–v6.14, v6.17, v6.19–v7.0'],
  ['none', [], ''],
])('%s', (_, versions, text) => {
  expect(kernelRunText(versions, ALL)).toBe(text);
});
