import { expect, it } from 'vitest';
import { createBtfResolver } from '../../src/btf/resolver.ts';
import { openWritten } from '../generator/btf-rules/written-btf.ts';

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
