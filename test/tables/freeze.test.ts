import { expect, it } from 'vitest';
import { deepFreeze } from '../../src/tables/freeze.ts';

it('deepFreeze freezes all that is held, and gives back what it was given', () => {
  const inner = { list: [{ a: 1 }, null, 'text'] };
  const outer = { inner };
  expect(deepFreeze(outer)).toBe(outer);
  expect([outer, inner, inner.list, inner.list[0]].every(Object.isFrozen)).toBe(true);
});

it.each([1, 'text', undefined, null])('deepFreeze gives back %s', (value) => {
  expect(deepFreeze(value)).toBe(value);
});
