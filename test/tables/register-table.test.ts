import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../src/tables/errno.ts';
import { btfOf, createKernelState } from '../../src/tables/kernel-state.ts';
import type { DtorPair } from '../../src/tables/kernel-table.ts';
import { findDtorKfunc, kfuncSetContains } from '../../src/tables/lookup.ts';
import { moduleComing, tryGetModule } from '../../src/tables/module-lifetime.ts';
import { registerTable } from '../../src/tables/register-table.ts';
import { createNameResolver } from '../../src/tables/resolve-set.ts';
import { set, table } from './kernel-table-factory.ts';
import { REAL_KERNELS, kernel } from './profiles.ts';
import { range } from './sets.ts';

const { E2BIG, EINVAL, ENOENT } = ERRNO;
const v519 = kernel('v5.19');
const pair: DtorPair = { type: 'acme', kfunc: 'bpf_acme_put', owner: 'vmlinux', source: 'drivers/acme.c' };

describe.each(REAL_KERNELS)('registerTable on $version', (profile) => {
  const many = (prefix: string, count: number): string[] => range(0, count).map((at) => `${prefix}_${at}`);
  const limit = profile.limits.set_max_cnt;

  it('makes a call for each program type of each set, and stops in a file at the first error', () => {
    const sets = [
      set({ name: 'first', source: 'a.c', progTypes: ['xdp', 'sched_cls'] }, many('a', limit), profile),
      set({ name: 'second', source: 'b.c', progTypes: ['xdp', 'sched_cls'] }, ['one_more'], profile),
      set({ name: 'third', source: 'b.c' }, ['never'], profile),
      set({ name: 'fourth', source: 'c.c' }, ['anew'], profile),
    ];
    const state = createKernelState(profile);
    const { sets: calls, modules } = registerTable(state, table(profile, sets), createNameResolver());
    expect(calls.map((call) => [call.set.name, call.progType, call.errno])).toEqual([
      ['first', 'xdp', 0],
      ['first', 'sched_cls', 0],
      ['second', 'xdp', -E2BIG],
      ['fourth', 'xdp', 0],
    ]);
    expect(modules).toEqual([]);
  });

  it('loads modules, each with tables of its own', () => {
    const sets = ['acme', 'bolt'].map((owner) => set({ owner, source: `${owner}.c` }, [`bpf_${owner}`], profile));
    const state = createKernelState(profile);
    const resolve = createNameResolver();
    const { modules } = registerTable(state, table(profile, sets), resolve);
    expect(modules).toEqual([
      { name: 'acme', errno: 0 },
      { name: 'bolt', errno: 0 },
    ]);
    for (const owner of ['acme', 'bolt']) {
      const btf = btfOf(state, owner);
      const found = ['bpf_acme', 'bpf_bolt'].filter(
        (name) => btf && kfuncSetContains(state, btf, 'xdp', 'check', resolve(name, 'func', owner) ?? -1),
      );
      expect(found).toEqual([`bpf_${owner}`]);
      expect(btf && tryGetModule(state, btf)).toBe(0);
    }
  });

  it('does not load a module that registers twice for a hook, also from two files', () => {
    const sets = ['a.c', 'b.c', 'c.c'].map((source) => set({ owner: 'acme', source }, [`bpf_${source[0]}`], profile));
    const state = createKernelState(profile);
    const { sets: calls, modules } = registerTable(state, table(profile, sets), createNameResolver());
    expect(calls.map((call) => call.errno)).toEqual([0, -EINVAL]);
    expect(modules).toEqual([{ name: 'acme', errno: -EINVAL }]);
    expect(state.modules.size).toBe(0);
  });

  it('loads a module without BTF as far as the kernel lets it', () => {
    const state = createKernelState(profile);
    moduleComing(state, 'acme', 'missing');
    const acme = table(profile, [set({ owner: 'acme' }, ['bpf_acme'], profile)]);
    const errno = profile.registration.missing_module_btf === 'enoent' ? -ENOENT : 0;
    expect(registerTable(state, acme, createNameResolver()).modules).toEqual([{ name: 'acme', errno }]);
    expect(state.modules.get('acme')?.live).toBe(errno === 0 ? true : undefined);
  });

  it('makes no calls of a module that cannot be loaded', () => {
    const state = createKernelState(profile, { vmlinuxBtf: 'missing' });
    const acme = table(profile, [set({ owner: 'acme' }, ['bpf_acme'], profile)]);
    expect(registerTable(state, acme, createNameResolver())).toEqual({
      sets: [],
      dtors: [],
      modules: [{ name: 'acme', errno: -EINVAL }],
    });
  });

  it('puts a second table on top of a first', () => {
    const state = createKernelState(profile);
    const resolve = createNameResolver();
    const tables = ['bpf_one', 'bpf_two'].map((name) =>
      table(profile, [set({}, [name], profile), set({ owner: 'acme' }, [name], profile)]),
    );
    const errnos = tables.map((each) => registerTable(state, each, resolve).sets.map((call) => call.errno));
    expect(errnos).toEqual([
      [0, 0],
      [0, -EINVAL],
    ]);
    expect(state.modules.get('acme')?.live).toBe(true);
  });

  it('turns names without an id into id 0, which counts', () => {
    const state = createKernelState(profile);
    const full = table(profile, [set({}, many('gone', limit + 1), profile)]);
    expect(registerTable(state, full, () => undefined).sets[0]?.errno).toBe(-E2BIG);
    const one = table(profile, [set({}, ['gone', 'there'], profile)]);
    registerTable(state, one, (name) => (name === 'there' ? 77 : undefined));
    const ids = [0, 1, 77].filter((id) => state.vmlinux && kfuncSetContains(state, state.vmlinux, 'xdp', 'check', id));
    expect(ids).toEqual([0, 77]);
  });

  it('asks for what is built in as for vmlinux', () => {
    const asked: string[][] = [];
    const state = createKernelState(profile, { builtIn: ['acme'] });
    const sets = ['acme', 'bolt'].map((owner) => set({ owner, source: `${owner}.c` }, [`bpf_${owner}`], profile));
    registerTable(state, table(profile, sets), (...question) => asked.push(question));
    expect(asked).toEqual([
      ['bpf_acme', 'func', 'vmlinux'],
      ['bpf_bolt', 'func', 'bolt'],
    ]);
  });

  it('sorts the sets of modules by id, since the kernel does not', () => {
    const state = createKernelState(profile);
    const names = many('bpf', limit);
    const resolve = (name: string): number => 1000 - names.indexOf(name);
    registerTable(state, table(profile, [set({ owner: 'acme' }, names, profile)]), resolve);
    const btf = btfOf(state, 'acme');
    expect(names.filter((name) => btf && kfuncSetContains(state, btf, 'xdp', 'check', resolve(name)))).toEqual(names);
  });

  it('refuses a table whose names and words do not take turns', () => {
    const broken = table(profile, [{ ...set({}, [], profile), kfuncs: ['bpf_acme', 'bpf_bolt'] }]);
    expect(() => registerTable(createKernelState(profile), broken, createNameResolver())).toThrow(
      'set acme_set: no name and word at 0',
    );
  });
});

describe('destructor pairs of a table', () => {
  it('are registered in one call for each file, after its sets', () => {
    const other: DtorPair = { ...pair, type: 'bolt', source: 'drivers/bolt.c' };
    const pairs = [pair, other, { ...pair, type: 'acme_child' }];
    const state = createKernelState(v519);
    const resolve = createNameResolver();
    const { dtors } = registerTable(state, table(v519, [set({}, ['bpf_acme'], v519)], pairs), resolve);
    expect(dtors).toEqual([
      { pairs: [pairs[0], pairs[2]], errno: 0 },
      { pairs: [other], errno: 0 },
    ]);
    const found = pairs.map(
      ({ type }) => state.vmlinux && findDtorKfunc(state.vmlinux, resolve(type, 'struct', '') ?? -1),
    );
    expect(new Set(found)).toEqual(new Set([resolve('bpf_acme_put', 'func', '')]));
  });

  it('are not registered after a set that failed', () => {
    const failing = table(v519, [set({ progTypes: ['lsm'] }, ['bpf_acme'], v519)], [pair]);
    expect(registerTable(createKernelState(v519), failing, createNameResolver()).dtors).toEqual([]);
  });

  it.each([
    { name: 'has no id', resolve: () => undefined, protoOk: undefined },
    { name: 'has a wrong prototype', resolve: createNameResolver(), protoOk: () => false },
  ])('are refused when the destructor $name', ({ resolve, protoOk }) => {
    const state = createKernelState(v519);
    expect(registerTable(state, table(v519, [], [pair]), resolve, protoOk).dtors).toEqual([
      { pairs: [pair], errno: -EINVAL },
    ]);
  });
});

describe('createNameResolver', () => {
  it('gives every function and struct name an id of its own, the same each time', () => {
    const resolve = createNameResolver();
    const ids = [
      resolve('a', 'func', 'vmlinux'),
      resolve('b', 'func', 'vmlinux'),
      resolve('a', 'struct', 'vmlinux'),
      resolve('a', 'func', 'acme'),
    ];
    expect(new Set(ids).size).toBe(3);
    expect(ids[3]).toBe(ids[0]);
    expect(ids).not.toContain(0);
  });
});
