import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../generated/types/probe-result.ts';
import { compareProbe } from '../../../generator/probe/compare.ts';
import { declareProbed, type ProbedDeclaration } from '../../../generator/probe/declare-probed.ts';
import { registryHash } from '../../../generator/probe/probe-view.ts';
import { validateRegistry } from '../../../generator/rules/validate.ts';
import { kernel } from '../../tables/profiles.ts';
import { load } from '../temporary-registry.ts';
import { answer, kfuncIn, packageModel, REAL, resultOf } from './results.ts';

function declare(result: ProbeResult, version: string): readonly ProbedDeclaration[] {
  return declareProbed(result, kernel(version), packageModel());
}

function loaded(declared: readonly ProbedDeclaration[]): ReturnType<typeof load> {
  return load({ 'kfuncs/probed.yaml': stringify(declared.map(({ declaration }) => declaration)) });
}

/** The declaration that has a kfunc, with the sets that do. */
function having(declared: readonly ProbedDeclaration[], name: string): unknown {
  return declared.flatMap(({ declaration, notes }) => {
    const sets = (declaration.sets ?? []).flatMap(({ kfuncs, ...set }) => {
      const found = kfuncs.filter((kfunc) => (typeof kfunc === 'string' ? kfunc : kfunc.name) === name);
      return found.length === 0 ? [] : [{ ...set, kfuncs: found }];
    });
    return sets.length === 0 ? [] : [{ source: declaration.source, owner: declaration.owner, sets, notes }];
  });
}

describe('what a kernel allows, as declarations', () => {
  it.each(REAL)('of %s is valid, and says what the kernel said', (version) => {
    const result = resultOf(version);
    const registry = loaded(declare(result, version));
    expect(validateRegistry(registry).map(({ message }) => message)).toEqual([]);
    const { model } = registry.registry;
    const asked = { ...result, registry: registryHash(model) };
    const { differences, explained, agreed } = compareProbe(asked, { kernel: kernel(version), chosen: 'asked' }, model);
    expect(differences).toEqual([]);
    // A hook has all its program types: what a filter takes from some of them stays.
    expect(new Set(explained.map(({ kind }) => kind))).toEqual(new Set(version === 'v6.12' ? ['filter'] : []));
    expect(agreed).toBeGreaterThan(1400);
  });

  it.each(REAL)('of %s is what the registry has, where the kernel has it', (version) => {
    expect(declare(resultOf(version), version).flatMap(({ notes }) => notes)).toEqual([]);
    expect(having(declare(resultOf('v6.1'), 'v6.1'), 'bpf_ct_release')).toEqual([
      {
        source: 'net/netfilter/nf_conntrack_bpf.c',
        owner: 'nf_conntrack',
        sets: [
          {
            name: 'nf_conntrack_kfunc_set',
            hooks: ['xdp', 'tc'],
            kfuncs: [{ name: 'bpf_ct_release', flags: ['release'] }],
          },
        ],
        notes: [],
      },
    ]);
  });

  it('puts a kfunc that is allowed for less into a set of its own', () => {
    const result = resultOf('v6.12');
    answer(result, kfuncIn(result, 'bpf_dynptr_from_skb'), 'refused', ['sched_cls']);
    const declared = declare(result, 'v6.12');
    const [rest] = having(declared, 'bpf_dynptr_from_skb') as [{ sets: [{ name: string; hooks: string[] }] }];
    expect(rest.sets).toHaveLength(1);
    expect(rest.sets[0].name).toBe('bpf_kfunc_set_skb');
    expect(rest.sets[0].hooks).not.toContain('tc');
    expect(rest.sets[0].hooks).toContain('netfilter');
    expect(validateRegistry(loaded(declared)).map(({ message }) => message)).toEqual([]);
  });

  it.each(['v6.1', 'v6.12'] as const)('keeps to one set a hook of a module in %s, as kernels do', (version) => {
    const result = resultOf(version);
    answer(result, kfuncIn(result, 'bpf_ct_release'), 'refused', ['xdp']);
    const declared = declare(result, version);
    const note = 'a kernel takes one set of a module for each hook, so the sets of nf_conntrack were put together';
    expect(having(declared, 'bpf_ct_release')).toMatchObject([
      { sets: [{ name: 'probed_tc', hooks: ['tc'] }], notes: [note] },
    ]);
    expect(having(declared, 'bpf_xdp_ct_lookup')).toMatchObject([
      { sets: [{ name: 'probed_xdp' }, { name: 'probed_tc' }] },
    ]);
    expect(validateRegistry(loaded(declared)).map(({ message }) => message)).toEqual([]);
  });

  it('says what the registry does not have', () => {
    const result = resultOf('v6.1');
    answer(result, kfuncIn(result, 'bpf_ct_release'), 'allowed', ['syscall', 'sk_skb']);
    kfuncIn(result, 'bpf_ct_set_status').name = 'acme_set_status';
    kfuncIn(result, 'bpf_ct_set_timeout').name = 'bpf_task_acquire';
    kfuncIn(result, 'bpf_task_acquire').owner = 'vmlinux';
    const declared = declare(result, 'v6.1');
    expect(having(declared, 'bpf_ct_release')).toMatchObject([
      {
        source: 'net/netfilter/nf_conntrack_bpf.c',
        sets: [{ hooks: ['xdp'] }, { hooks: ['tc'] }, { hooks: ['syscall'] }],
      },
    ]);
    expect(having(declared, 'acme_set_status')).toEqual([
      {
        source: 'net/netfilter/nf_conntrack_bpf.c',
        owner: 'nf_conntrack',
        sets: [
          { name: 'probed_xdp', hooks: ['xdp'], kfuncs: ['acme_set_status'] },
          { name: 'probed_tc', hooks: ['tc'], kfuncs: ['acme_set_status'] },
        ],
        notes: [
          'a kernel takes one set of a module for each hook, so the sets of nf_conntrack were put together',
          'these may be called by sk_skb programs too, which have no hook in v6.1: bpf_ct_release',
          'the registry does not have these for syscall: bpf_ct_release',
          'no kernel of the registry has these, and a kernel tells neither source file nor flags: acme_set_status',
        ],
      },
    ]);
    expect(having(declared, 'bpf_task_acquire')).toMatchObject([
      {
        source: 'kernel/bpf/helpers.c',
        owner: 'vmlinux',
        sets: [{ kfuncs: [{ flags: ['acquire', 'trusted_args'] }] }],
        notes: ['the registry does not have these in v6.1: their flags are those of v6.2: bpf_task_acquire'],
      },
    ]);
    expect(validateRegistry(loaded(declared)).map(({ message }) => message)).toEqual([]);
  });

  it('has a made-up source file for what no kernel of the registry has', () => {
    const result = resultOf('v6.12');
    kfuncIn(result, 'bpf_arena_alloc_pages').name = 'acme_alloc';
    const declared = declare(result, 'v6.12');
    expect(having(declared, 'acme_alloc')).toMatchObject([
      { source: 'unknown/vmlinux.c', owner: 'vmlinux', sets: [{ name: 'probed_common', hooks: ['common'] }] },
    ]);
    expect(validateRegistry(loaded(declared)).map(({ message }) => message)).toEqual([]);
  });

  it('leaves out what no program may call', () => {
    const result = resultOf('v6.1');
    result.kfuncs = [kfuncIn(result, 'bpf_ct_release')];
    answer(
      result,
      kfuncIn(result, 'bpf_ct_release'),
      'refused',
      result.programs.map(({ name }) => name),
    );
    expect(declare(result, 'v6.1')).toEqual([]);
  });
});
