import { describe, expect, it } from 'vitest';
import type { KernelTable } from '../../src/tables/kernel-table.ts';
import { createKernelState } from '../../src/tables/kernel-state.ts';
import { registerTable } from '../../src/tables/register-table.ts';
import { createNameResolver } from '../../src/tables/resolve-set.ts';
import { flagsOf, kfuncsOf } from '../../src/tables/table-queries.ts';
import { set, table } from './kernel-table-factory.ts';
import { COMMON_HOOK, kernel } from './profiles.ts';

const v519 = kernel('v5.19');
const v61 = kernel('v6.1');

describe('kfuncsOf', () => {
  it('leaves out what stands in other sets than check', () => {
    const acme = table(v519, [
      set(
        {},
        [
          ['bpf_get', 0b11],
          ['bpf_other', 0b10],
        ],
        v519,
      ),
    ]);
    expect(kfuncsOf(acme, 'xdp')).toEqual(['bpf_get']);
    expect(kfuncsOf(acme, 'tc')).toEqual([]);
  });

  it('names a kfunc once and finds it by each program type of the hook', () => {
    const acme = table(v61, [
      set({ progTypes: ['lsm'] }, ['bpf_a', 'bpf_b'], v61),
      set({ progTypes: ['tracing'] }, ['bpf_b', 'bpf_c'], v61),
    ]);
    expect(kfuncsOf(acme, 'tracing')).toEqual(['bpf_a', 'bpf_b', 'bpf_c']);
  });

  it('has what is registered for all program types', () => {
    const acme = table(COMMON_HOOK, [set({ progTypes: ['unspec'] }, ['bpf_all'], COMMON_HOOK)]);
    expect(['xdp', 'tc', 'common'].map((hook) => kfuncsOf(acme, hook))).toEqual([
      ['bpf_all'],
      ['bpf_all'],
      ['bpf_all'],
    ]);
  });
});

describe('flagsOf', () => {
  it('names the flags of the kfunc in that hook', () => {
    const acme = table(v61, [
      set({ progTypes: ['xdp'] }, [['bpf_get', 0b101]], v61),
      set({ progTypes: ['sched_cls'] }, [['bpf_get', 0]], v61),
    ]);
    expect(['xdp', 'tc', 'syscall'].map((hook) => flagsOf(acme, 'bpf_get', hook))).toEqual([
      ['acquire', 'ret_null'],
      [],
      undefined,
    ]);
  });

  it('joins the set types of several sets', () => {
    const acme = table(v519, [
      set({ owner: 'a' }, [['bpf_get', 0b10]], v519),
      set({ owner: 'b' }, [['bpf_get', 0b1]], v519),
    ]);
    expect(flagsOf(acme, 'bpf_get', 'xdp')).toEqual(['acquire']);
  });

  it('has no flags for what is in other sets than check', () => {
    expect(flagsOf(table(v519, [set({}, [['bpf_get', 0b10]], v519)]), 'bpf_get', 'xdp')).toBeUndefined();
  });

  it('takes the flags of the common hook first', () => {
    const acme = table(COMMON_HOOK, [
      set({ progTypes: ['xdp'] }, [['bpf_get', 1]], COMMON_HOOK),
      set({ progTypes: ['unspec'] }, [['bpf_get', 2]], COMMON_HOOK),
    ]);
    expect(flagsOf(acme, 'bpf_get', 'xdp')).toEqual(['release']);
  });
});

describe('a table with literal types', () => {
  const typed: KernelTable<'bpf_get' | 'bpf_put', 'xdp' | 'tc', 'acquire' | 'release'> = {
    profile: {
      ...v61,
      hooks: { xdp: { value: 0, prog_types: ['xdp'] }, tc: { value: 1, prog_types: ['sched_cls'] } },
      flags: { acquire: 0, release: 1 },
    },
    sets: [{ name: 's', owner: 'vmlinux', source: 'a.c', progTypes: ['xdp'], kfuncs: ['bpf_get', 1, 'bpf_put', 2] }],
    dtors: [],
  };

  it('gives literal names back, and registers like any other', () => {
    const names: readonly ('bpf_get' | 'bpf_put')[] = kfuncsOf(typed, 'xdp');
    const flags: readonly ('acquire' | 'release')[] | undefined = flagsOf(typed, 'bpf_put', 'xdp');
    expect([names, flags]).toEqual([['bpf_get', 'bpf_put'], ['release']]);
    const { sets } = registerTable(createKernelState(typed.profile), typed, createNameResolver());
    expect(sets.map((call) => call.errno)).toEqual([0]);
  });

  it('does not compile with misspelt names', () => {
    // @ts-expect-error: the hook is xdp
    expect(kfuncsOf(typed, 'xpd')).toEqual([]);
    // @ts-expect-error: the kfunc is bpf_get
    expect(flagsOf(typed, 'bpf_gte', 'xdp')).toBeUndefined();
    // @ts-expect-error: the flag is acquire
    expect(flagsOf(typed, 'bpf_get', 'xdp')?.includes('aquire')).toBe(false);
  });
});
