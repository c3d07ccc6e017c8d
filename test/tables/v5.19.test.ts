import { describe, expect, it } from 'vitest';
import { btfOf, createKernelState } from '../../src/tables/kernel-state.ts';
import { findDtorKfunc, kfuncSetContains } from '../../src/tables/lookup.ts';
import { registerTable } from '../../src/tables/register-table.ts';
import { createNameResolver } from '../../src/tables/resolve-set.ts';
import { flagsOf, kfuncsOf } from '../../src/tables/table-queries.ts';
import { BUILT_IN, FIXTURE, V5_19 } from './v5.19-fixture.ts';

const HOOKS = Object.keys(V5_19.profile.hooks);
const NAMES = [...new Set(FIXTURE.sets.flatMap((set) => Object.values(set.members).flat()))].sort();

describe('v5.19 with everything built in', () => {
  const state = createKernelState(V5_19.profile, { builtIn: BUILT_IN });
  const resolve = createNameResolver();
  const calls = registerTable(state, V5_19, resolve);
  const id = (name: string): number => resolve(name, 'func', 'vmlinux') ?? -1;
  const btf = btfOf(state, 'vmlinux');
  if (btf === undefined) throw new RangeError('no vmlinux BTF');

  it('registers all without an error', () => {
    expect(calls.sets.map((call) => call.errno)).toEqual(FIXTURE.sets.map(() => 0));
    expect(calls.dtors.map((call) => call.errno)).toEqual([0]);
    expect(calls.modules).toEqual([{ name: 'bpf_testmod', errno: 0 }]);
  });

  it('has 25 kfuncs of struct_ops, 7 below the limit', () => {
    expect(NAMES.filter((name) => kfuncSetContains(state, btf, 'struct_ops', 'check', id(name)))).toHaveLength(25);
  });

  it.each(HOOKS)('lets programs of hook %s call what the real kernel does, with the same flags', (hook) => {
    const real = FIXTURE.callable.filter((entry) => entry.hook === hook);
    const called = NAMES.filter((name) => kfuncSetContains(state, btf, hook, 'check', id(name)));
    expect(called).toEqual(real.map((entry) => entry.kfunc).sort());
    for (const { kfunc, flags } of real) {
      const has = (['acquire', 'release', 'ret_null', 'kptr_acquire'] as const)
        .filter((setType) => kfuncSetContains(state, btf, hook, setType, id(kfunc)))
        .map((setType) => (setType === 'kptr_acquire' ? 'kptr_get' : setType));
      expect([kfunc, has.sort()]).toEqual([kfunc, flags]);
    }
  });

  it.each(V5_19.profile.set_types ?? [])('has in set type %s of each hook what its files register', (setType) => {
    for (const [hook, { prog_types: progTypes }] of Object.entries(V5_19.profile.hooks)) {
      const declared = FIXTURE.sets
        .filter((set) => progTypes.includes(set.prog_type) && set.owner !== 'bpf_testmod')
        .flatMap((set) => set.members[setType] ?? []);
      const found = NAMES.filter((name) => kfuncSetContains(state, btf, hook, setType, id(name)));
      expect(found).toEqual([...new Set(declared)].sort());
    }
  });

  it('finds destructors of the two types that have one', () => {
    const types = [...FIXTURE.dtors.map((pair) => pair.type), 'nf_conn'];
    const found = types.map((type) => findDtorKfunc(btf, resolve(type, 'struct', 'vmlinux') ?? -1));
    expect(found).toEqual([...FIXTURE.dtors.map((pair) => id(pair.kfunc)), -2]);
  });

  it('has the kfunc of the test module in the BTF of that alone', () => {
    const testmod = btfOf(state, 'bpf_testmod');
    const seen = [btf, testmod].map(
      (each) => each && kfuncSetContains(state, each, 'tc', 'check', id('bpf_testmod_test_mod_kfunc')),
    );
    expect(seen).toEqual([false, true]);
  });
});

describe('the table of v5.19, asked without registration', () => {
  it.each(HOOKS)('names for hook %s what the real kernel lets call', (hook) => {
    const real = FIXTURE.callable.filter((entry) => entry.hook === hook);
    const named = kfuncsOf(V5_19, hook).filter((name) => name !== 'bpf_testmod_test_mod_kfunc');
    expect(named.toSorted()).toEqual(real.map((entry) => entry.kfunc).sort());
    for (const { kfunc, flags } of real) expect(flagsOf(V5_19, kfunc, hook)?.toSorted()).toEqual(flags);
  });
});
