import { describe, expect, it } from 'vitest';
import { groupChanges } from '../../../site/changes/group-changes.ts';
import { changedPart } from '../../../site/changes/prototype-change.ts';
import type { KernelChange } from '../../../src/diff/compare-kernels.ts';
import fc from 'fast-check';

const change = (kind: KernelChange['kind'], breaking: boolean, name: string, message: string): KernelChange => ({
  kind,
  breaking,
  name,
  owner: 'vmlinux',
  message,
});

describe('changes on a page', () => {
  it('stand by kind, breaking ones first; what is said of several is said once', () => {
    const groups = groupChanges([
      change('kfunc-added', false, 'c', 'it is new'),
      change('flag-added', false, 'd', '`fastcall` came'),
      change('flag-added', true, 'b', '`rcu` came'),
      change('flag-added', true, 'a', '`rcu` came'),
      change('kfunc-removed', true, 'e', 'it is gone'),
    ]);
    expect(groups.map(({ breaking, kind, count, messages }) => [breaking, kind, count, messages])).toEqual([
      [true, 'kfunc-removed', 1, [{ message: 'it is gone', names: ['e'] }]],
      [true, 'flag-added', 2, [{ message: '`rcu` came', names: ['b', 'a'] }]],
      [false, 'flag-added', 1, [{ message: '`fastcall` came', names: ['d'] }]],
      [false, 'kfunc-added', 1, [{ message: 'it is new', names: ['c'] }]],
    ]);
  });
});

describe('where two prototypes differ', () => {
  it.each([
    ['a name', 'int f(u32 a, int b)', 'int f(u32 c, int b)', 'a', 'c'],
    ['a parameter more', 'int f(u32 a)', 'int f(u32 a, u32 b)', '', ', u32 b'],
    ['nothing', 'int f(void)', 'int f(void)', '', ''],
    ['the end of a word', 'int f(u32 ab)', 'int f(u32 abc)', 'ab', 'abc'],
  ])('%s', (_, old, now, gone, come) => {
    const change = changedPart(old, now);
    expect([change.old[1], change.now[1]]).toEqual([gone, come]);
  });

  it('the parts together are the texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (old, now) => {
        const change = changedPart(old, now);
        expect([change.old.join(''), change.now.join('')]).toEqual([old, now]);
        expect([change.old[0], change.old[2]]).toEqual([change.now[0], change.now[2]]);
      }),
    );
  });
});
