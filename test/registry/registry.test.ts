import { describe, expect, it } from 'vitest';
import { printConfigExpression, type ConfigExpression } from '../../generator/c/config-expression.ts';
import type { KernelModel } from '../../generator/declarations/model.ts';
import { callableInV61, factsOfV519, functionsOf, prototypesOf, registrationsOf } from './facts.ts';
import { modelOf } from './real-registry.ts';

const KERNELS = [
  { kernel: 'v5.18', registrations: 44, dtors: 0, testPrograms: ['sched_cls'] },
  { kernel: 'v5.19', registrations: 47, dtors: 2, testPrograms: ['sched_cls'] },
  { kernel: 'v6.0', registrations: 83, dtors: 2, testPrograms: ['sched_cls', 'tracing'] },
  { kernel: 'v6.1', registrations: 126, dtors: 2, testPrograms: ['sched_cls', 'tracing', 'syscall'] },
];

describe.each(KERNELS)('$kernel', ({ kernel, registrations, dtors, testPrograms }) => {
  const model = modelOf(kernel);

  it(`registers ${registrations} kfuncs, each program type counted`, () => {
    expect(callableOf(model)).toHaveLength(registrations);
  });

  it(`registers ${dtors} destructor pairs`, () => {
    expect(model.sources.flatMap((source) => source.dtors)).toHaveLength(dtors);
  });

  it(`registers the selftests' set for ${testPrograms.join(', ')}, in this order`, () => {
    const set = model.sources.flatMap((source) => source.sets).find(({ name }) => name === 'bpf_prog_test_kfunc_set');
    expect(set?.registrations.map((registration) => registration.progType)).toStrictEqual(testPrograms);
  });

  it('knows the prototype of every kfunc and destructor, and where the function stands', () => {
    const unknown = functionsOf(model).filter(
      ([name, found]) => found?.prototype.name !== name || found.file === undefined || found.lines?.[kernel] === undefined,
    );
    expect(unknown).toStrictEqual([]);
  });

  it('knows the line of every entry', () => {
    const entries = model.sources.flatMap((source) => [...source.sets.flatMap((set) => set.kfuncs), ...source.dtors]);
    expect(entries.filter((entry) => entry.lines?.[kernel] === undefined)).toStrictEqual([]);
  });
});

describe('v5.19, held against what its source tree and its BTF say', () => {
  const model = modelOf('v5.19');
  const facts = factsOfV519();

  it('has the same source files', () => {
    expect(model.sources.map((source) => source.source)).toStrictEqual(facts.files.map((file) => file.file));
  });

  it.each(facts.files)(
    'has the same sets, registrations and destructor pairs of $file',
    ({ file, registrations, dtors = [] }) => {
      const source = model.sources.find((each) => each.source === file);
      expect(source && registrationsOf(source)).toStrictEqual({ file, registrations, dtors });
    },
  );

  it.each(facts.files)('has the same condition on all kfuncs of $file', ({ file, cond }) => {
    const source = model.sources.find((each) => each.source === file);
    const conditions = source?.sets.flatMap((set) => set.kfuncs.map((kfunc) => conditionOf(set.config, kfunc.config)));
    expect(new Set(conditions)).toStrictEqual(new Set([cond.join(' && ')]));
  });

  it('has the same prototypes', () => {
    expect(prototypesOf(model)).toStrictEqual(facts.prototypes);
  });
});

describe('v6.1', () => {
  const model = modelOf('v6.1');
  const owners = Object.fromEntries(model.sources.map((source) => [source.source, source.owner]));

  it('has the kfuncs and flags that a running kernel has, but for its modules', () => {
    const modules = ['nf_conntrack', 'nf_nat', 'tcp_bbr', 'tcp_dctcp'];
    const builtIn = { ...model, sources: model.sources.filter((source) => !modules.includes(source.owner)) };
    expect(callableOf(builtIn)).toStrictEqual(callableInV61());
  });

  it('names the module of what may be one', () => {
    expect(owners).toStrictEqual({
      'kernel/bpf/helpers.c': 'vmlinux',
      'kernel/cgroup/rstat.c': 'vmlinux',
      'kernel/trace/bpf_trace.c': 'vmlinux',
      'net/bpf/test_run.c': 'vmlinux',
      'net/ipv4/bpf_tcp_ca.c': 'vmlinux',
      'net/ipv4/tcp_bbr.c': 'tcp_bbr',
      'net/ipv4/tcp_cubic.c': 'tcp_cubic',
      'net/ipv4/tcp_dctcp.c': 'tcp_dctcp',
      'net/netfilter/nf_conntrack_bpf.c': 'nf_conntrack',
      'net/netfilter/nf_nat_bpf.c': 'nf_nat',
    });
  });

  it.each([
    ['crash_kexec', 'CONFIG_KEXEC_CORE'],
    ['bpf_lookup_user_key', 'CONFIG_KEYS'],
    ['bpf_lookup_system_key', 'CONFIG_KEYS'],
    ['bpf_key_put', 'CONFIG_KEYS'],
    ['bpf_verify_pkcs7_signature', 'CONFIG_KEYS && CONFIG_SYSTEM_DATA_VERIFICATION'],
    ['cubictcp_init', 'CONFIG_X86 && CONFIG_DYNAMIC_FTRACE'],
    ['cgroup_rstat_flush', ''],
  ])('has %s under the condition "%s"', (name, condition) => {
    const found = model.sources
      .flatMap((source) => source.sets)
      .flatMap((set) => set.kfuncs.filter((kfunc) => kfunc.name === name).map((kfunc) => [set, kfunc] as const));
    expect(found.map(([set, kfunc]) => conditionOf(set.config, kfunc.config))).toStrictEqual([condition]);
  });
});

/** What programs may call: one row a kfunc and registration, sorted by hook, then kfunc. */
function callableOf(model: KernelModel): { hook: string; kfunc: string; flags: readonly string[] }[] {
  return model.sources
    .flatMap((source) => source.sets)
    .flatMap((set) =>
      set.registrations.flatMap(({ hook }) =>
        set.kfuncs.filter((kfunc) => kfunc.check).map(({ name, flags }) => ({ hook, kfunc: name, flags })),
      ),
    )
    .toSorted((a, b) => order(a.hook, b.hook) || order(a.kfunc, b.kfunc));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The conditions of a set and of a kfunc in it as C code writes them; empty without any. */
function conditionOf(...conditions: readonly (ConfigExpression | undefined)[]): string {
  return conditions
    .filter((condition) => condition !== undefined)
    .map(printConfigExpression)
    .join(' && ');
}
