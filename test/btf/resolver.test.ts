import { expect, it } from 'vitest';
import { createBtfResolver } from '../../src/btf/resolver.ts';
import { btfOf, createKernelState } from '../../src/tables/kernel-state.ts';
import type { KernelTable } from '../../src/tables/kernel-table.ts';
import { kfuncFlags } from '../../src/tables/lookup.ts';
import { registerTable } from '../../src/tables/register-table.ts';
import { openWritten } from '../generator/btf-rules/written-btf.ts';
import { kernel } from '../tables/profiles.ts';

const vmlinux = openWritten(['struct acme', 'int shared(u32 id)']);
const one = openWritten(['int first(u32 id)', 'struct one'], { base: vmlinux });
const two = openWritten(['int other(u32 id)', 'struct one', 'int first(u32 id)'], { base: vmlinux });
const resolve = createBtfResolver({ vmlinux, modules: new Map(Object.entries({ one, two })) });

it('finds a name of a kind in the BTF of its owner', () => {
  expect(resolve('acme', 'struct', 'vmlinux')).toBe(1);
  expect(resolve('acme', 'func', 'vmlinux')).toBeUndefined();
  expect(resolve('first', 'func', 'vmlinux')).toBeUndefined();
});

it('gives modules ids of their own for one name, which may be those of other names', () => {
  const id = resolve('first', 'func', 'one');
  expect(id).toBeGreaterThanOrEqual(vmlinux.typeCount);
  expect(resolve('other', 'func', 'two')).toBe(id);
  expect(resolve('first', 'func', 'two')).not.toBe(id);
});

it('finds what a module takes from vmlinux', () => {
  expect(resolve('acme', 'struct', 'two')).toBe(1);
});

it('knows nothing of a module that is not at hand', () => {
  expect(resolve('first', 'func', 'three')).toBeUndefined();
});

it('registers a table under the ids that its kernel and modules have', () => {
  const set = { source: 'acme.c', progTypes: ['xdp'], name: 'acme_kfunc_set' };
  const table: KernelTable = {
    profile: kernel('v6.1'),
    sets: [
      { ...set, owner: 'vmlinux', kfuncs: ['shared', 0] },
      { ...set, owner: 'one', kfuncs: ['first', 1] },
      { ...set, owner: 'two', kfuncs: ['first', 2] },
    ],
    dtors: [{ owner: 'two', source: 'acme.c', type: 'one', kfunc: 'first' }],
  };
  const state = createKernelState(table.profile);
  const { sets, dtors } = registerTable(state, table, resolve);
  expect([...sets, ...dtors].map(({ errno }) => errno)).toEqual([0, 0, 0, 0]);
  const flags = (owner: string, name: string): number | undefined => {
    const btf = btfOf(state, owner);
    const id = resolve(name, 'func', owner);
    return btf === undefined || id === undefined ? undefined : kfuncFlags(state, btf, 'xdp', id);
  };
  expect([flags('vmlinux', 'shared'), flags('one', 'first'), flags('two', 'first')]).toEqual([0, 1, 2]);
  // The id of `first` in one is that of `other` in two, which is no kfunc.
  expect(flags('two', 'other')).toBeUndefined();
});
