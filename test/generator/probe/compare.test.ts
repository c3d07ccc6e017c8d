import { describe, expect, it } from 'vitest';
import type { ProbeFinding, ProbeReport } from '../../../generated/types/probe-report.ts';
import type { ProbeResult } from '../../../generated/types/probe-result.ts';
import { compareProbe } from '../../../generator/probe/compare.ts';
import type { ChosenKernel } from '../../../generator/probe/kernel-of-release.ts';
import { registryHash } from '../../../generator/probe/probe-view.ts';
import { answer, kfuncIn, packageModel, REAL, resultOf } from './results.ts';

function chosen(version: string): ChosenKernel {
  const found = packageModel().kernels.find(({ kernel }) => kernel.version === version);
  if (found === undefined) throw new Error(version);
  return { kernel: found.kernel, chosen: 'release' };
}

/** As a probe of today's registry would have printed it: a difference may not hide behind what an old one did not ask. */
function compare(result: ProbeResult, version: string): ProbeReport {
  return compareProbe({ ...result, registry: registryHash(packageModel()) }, chosen(version), packageModel());
}

function spelled(findings: readonly ProbeFinding[]): readonly string[] {
  return findings.map(({ kind, kfunc, owner, prog_types: types }) => `${kind} ${owner} ${kfunc}: ${types.join(' ')}`);
}

/** The reasons, each with how many kfuncs it is given for. */
function reasons(findings: readonly ProbeFinding[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind, message } of findings) counts[`${kind}: ${message}`] = (counts[`${kind}: ${message}`] ?? 0) + 1;
  return counts;
}

describe('a real kernel', () => {
  it.each(REAL)('%s allows what the registry has for it, and nothing else', (version) => {
    const report = compare(resultOf(version), version);
    expect(spelled(report.differences)).toEqual([]);
    expect(report.agreed).toBeGreaterThan({ 'v5.19': 1400, 'v6.1': 1500, 'v6.12': 4000 }[version]);
  });

  it('is explained where it does without', () => {
    expect(reasons(compare(resultOf('v5.19'), 'v5.19').explained)).toEqual({});
    expect(reasons(compare(resultOf('v6.1'), 'v6.1').explained)).toEqual({
      'module: the module tcp_bbr is not loaded': 8,
      'module: the module tcp_dctcp is not loaded': 6,
    });
    const { explained, untold } = compare(resultOf('v6.12'), 'v6.12');
    expect(reasons(explained)).toMatchObject({
      'config: CONFIG_SCHED_CLASS_EXT does not hold': 37,
      'filter: the filter bpf_fs_kfuncs_filter() refuses the programs that asked': 5,
      'module: the module fou is not loaded': 2,
      'source: this kernel has nothing of drivers/hid/bpf/hid_bpf_dispatch.c': 7,
    });
    expect(new Set(untold.flatMap(({ kind, prog_types: types }) => [kind, ...types]))).toEqual(
      new Set(['unavailable', 'lirc_mode2']),
    );
  });

  it('differs from another version by what came between them', () => {
    const older = compare(resultOf('v6.1'), 'v6.0');
    expect(spelled(older.differences)).toEqual(
      expect.arrayContaining([
        'allowed vmlinux crash_kexec: lsm tracing',
        'allowed nf_nat bpf_ct_set_nat_info: sched_cls xdp',
        'allowed vmlinux bpf_kfunc_call_test1: lsm syscall',
      ]),
    );
    expect(older.differences.find(({ kfunc }) => kfunc === 'bpf_ct_set_nat_info')?.message).toMatch(
      /^the registry has it in \d+ kernels from v6\.1 to v7\.1$/,
    );
    const newer = compare(resultOf('v6.1'), 'v6.2');
    expect(spelled(newer.differences)).toEqual(
      expect.arrayContaining([
        'absent vmlinux bpf_task_acquire: lsm sched_cls struct_ops tracing',
        'refused vmlinux crash_kexec: sched_cls struct_ops',
      ]),
    );
  });
});

describe('a difference', () => {
  const changed = (version: (typeof REAL)[number], change: (result: ProbeResult) => void): ProbeReport => {
    const result = resultOf(version);
    change(result);
    return compare(result, version);
  };

  it.each<[string, (typeof REAL)[number], (result: ProbeResult) => void, string, string]>([
    [
      'is a call that the kernel refuses',
      'v6.1',
      (result) => answer(result, kfuncIn(result, 'bpf_ct_release'), 'refused', ['xdp']),
      'refused nf_conntrack bpf_ct_release: xdp',
      'the registry has it',
    ],
    [
      'is a call that the registry does not have',
      'v6.1',
      (result) => answer(result, kfuncIn(result, 'bpf_ct_release'), 'allowed', ['sk_skb', 'syscall']),
      'allowed nf_conntrack bpf_ct_release: sk_skb syscall',
      'the registry has it for other program types',
    ],
    [
      'is a call that one kind of program may make',
      'v6.12',
      (result) => answer(result, kfuncIn(result, 'bpf_ct_release'), 'allowed', ['kprobe/session']),
      'allowed nf_conntrack bpf_ct_release: kprobe',
      'the registry has it for other program types (as kprobe/session)',
    ],
    [
      'is a kfunc that no kernel of the registry has',
      'v6.1',
      (result) => (kfuncIn(result, 'bpf_ct_release').name = 'acme_release'),
      'allowed nf_conntrack acme_release: sched_cls xdp',
      'the registry has no such kfunc',
    ],
    [
      'is a kfunc in another module',
      'v6.1',
      (result) => (kfuncIn(result, 'bpf_ct_release').owner = 'nf_nat'),
      'allowed nf_nat bpf_ct_release: sched_cls xdp',
      'the registry has it in nf_conntrack',
    ],
    [
      'is a function that is gone, where others of its file are there',
      'v6.1',
      (result) => (result.kfuncs = result.kfuncs.filter(({ name }) => name !== 'bpf_ct_release')),
      'absent nf_conntrack bpf_ct_release: sched_cls xdp',
      'the registry has it',
    ],
    [
      'is a call that the condition of the registry is no reason to refuse',
      'v6.1',
      (result) => answer(result, kfuncIn(result, 'bpf_key_put'), 'refused', ['tracing', 'lsm']),
      'refused vmlinux bpf_key_put: lsm tracing',
      'the registry has it',
    ],
    [
      'is a function that may be attached to',
      'v6.12',
      (result) => answer(result, kfuncIn(result, 'bpf_ct_release'), 'allowed', ['fmodret']),
      'allowed nf_conntrack bpf_ct_release: fmodret',
      'the registry has it for other program types (as fmodret)',
    ],
  ])('%s', (_, version, change, expected, message) => {
    const { differences } = changed(version, change);
    expect(spelled(differences)).toContain(expected);
    expect(differences.find((each) => spelled([each])[0] === expected)?.message).toBe(message);
  });

  it.each<[string, string | null, string]>([
    ['off', 'n', 'CONFIG_KEYS does not hold'],
    ['not known', null, 'the result does not tell whether CONFIG_KEYS holds'],
  ])('is explained where its condition is %s', (_, value, message) => {
    const { differences, explained } = changed('v6.1', (result) => {
      answer(result, kfuncIn(result, 'bpf_key_put'), 'refused', ['tracing', 'lsm']);
      result.settings.config = value === null ? null : { ...result.settings.config, CONFIG_KEYS: value };
    });
    expect(differences).toEqual([]);
    expect(explained).toContainEqual({
      ...{ kind: 'config', kfunc: 'bpf_key_put', owner: 'vmlinux', prog_types: ['lsm', 'tracing'], message },
    });
  });

  it('is none where a module is built in', () => {
    const { differences } = changed('v6.1', (result) => {
      result.owners = ['vmlinux'];
      for (const kfunc of result.kfuncs) kfunc.owner = 'vmlinux';
    });
    expect(differences).toEqual([]);
  });

  it('is none where all programs of a new type may call what is for all types', () => {
    const { differences } = changed('v6.12', (result) => {
      result.programs.push({ name: 'acme', prog_type: 'acme', available: true });
      kfuncIn(result, 'bpf_cast_to_kern_ctx').answers[0]?.programs.push('acme');
    });
    expect(differences).toEqual([]);
  });

  it('is not seen in what an older probe may not have asked', () => {
    const result = resultOf('v6.1');
    result.kfuncs = result.kfuncs.filter(({ name }) => name !== 'bpf_ct_release');
    const { differences, untold } = compareProbe(
      { ...result, registry: '0123456789abcdef' },
      chosen('v6.1'),
      packageModel(),
    );
    expect(differences).toEqual([]);
    expect(spelled(untold)).toContain('unasked nf_conntrack bpf_ct_release: sched_cls xdp');
  });
});

describe('what was not told', () => {
  it('is what the kernel did not answer', () => {
    const result = resultOf('v6.12');
    answer(result, kfuncIn(result, 'bpf_xdp_metadata_rx_hash'), 'unclear', ['xdp/device']);
    const { untold, differences } = compare(result, 'v6.12');
    expect(differences).toEqual([]);
    expect(untold).toContainEqual({
      kind: 'unclear',
      kfunc: 'bpf_xdp_metadata_rx_hash',
      owner: 'vmlinux',
      prog_types: ['xdp'],
      message: 'metadata kfuncs require device-bound program',
    });
  });

  it('is what only programs may call that this kernel does not load', () => {
    const result = resultOf('v6.1');
    for (const program of result.programs.filter(({ prog_type: type }) => type === 'xdp')) {
      Object.assign(program, { available: false, reason: 'no reason' });
    }
    for (const kfunc of result.kfuncs) {
      for (const each of kfunc.answers) each.programs = each.programs.filter((name) => !name.startsWith('xdp'));
    }
    const { untold, differences } = compare(result, 'v6.1');
    expect(differences).toEqual([]);
    expect(spelled(untold)).toContain('unavailable nf_conntrack bpf_ct_release: xdp');
  });

  it('is what the BTF marks and no program may call', () => {
    const result = resultOf('v6.1');
    const kfunc = structuredClone(kfuncIn(result, 'bpf_ct_release'));
    Object.assign(kfunc, { name: 'acme_release', tagged: true });
    answer(result, kfunc, 'refused', ['xdp', 'sched_cls']);
    result.kfuncs.push(kfunc);
    expect(spelled(compare(result, 'v6.1').untold)).toEqual(['unused nf_conntrack acme_release: ']);
  });
});
