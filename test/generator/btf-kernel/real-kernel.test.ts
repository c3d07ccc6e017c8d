import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { nearestKernel } from '../../../generator/btf-kernel/nearest-kernel.ts';
import { openKernels, type GivenKernel } from '../../../generator/btf-kernel/open-kernels.ts';
import { rowsInBtf } from '../../../generator/btf-kernel/rows-in-btf.ts';
import { runBtfRules } from '../../../generator/btf-rules/run.ts';
import { listRows } from '../../../generator/declarations/rows.ts';
import { kfuncsOfKernel } from '../../../generator/ksym-header/find-kfuncs.ts';
import { printKsymHeader } from '../../../generator/ksym-header/ksym-header.ts';
import { createBtfResolver } from '../../../src/btf/resolver.ts';
import { realKernel } from '../../btf/real-kernel.ts';
import { missingTools } from '../../c/toolchain.ts';
import { modelOf } from '../../registry/real-registry.ts';

const VERSIONS = ['v5.18', 'v5.19', 'v6.0', 'v6.1'];
const MODULES = ['nf_conntrack.ko', 'nf_nat.ko', 'tcp_bbr.ko', 'tcp_dctcp.ko'];
/** test_run.c has them to try out what the verifier refuses: one acquires, and one releases, an `int *`. */
const WRONG_ON_PURPOSE = [
  '`bpf_kfunc_call_test_acq_rdonly_mem` is an acquire kfunc and returns `int *`, which is no pointer to a struct',
  '`void bpf_kfunc_call_int_mem_release(int *p)` is a release kfunc, and none of its parameters is a pointer to a struct',
];

/** The kernel with those of its modules that have kfuncs; or why it can't be had. */
async function open(modules: readonly string[]): Promise<GivenKernel | string> {
  const files = await realKernel();
  if (typeof files === 'string') return files;
  const wanted = files.modules.filter((path) => modules.some((name) => path.endsWith(`/${name}`)));
  const [kernel] = await openKernels([files.vmlinuz, ...wanted]);
  return kernel ?? 'it holds no BTF';
}

describe("Debian's kernel 6.1", () => {
  it('is nearest to v6.1', async ({ skip }) => {
    const kernel = await open([]);
    if (typeof kernel === 'string') return skip(kernel);
    expect(nearestKernel(kernel.vmlinux, VERSIONS.map(modelOf))?.kernel.version).toBe('v6.1');
  });

  it('has what the registry declares, kfunc by kfunc, with the prototypes', async ({ skip }) => {
    const given = await open(MODULES);
    if (typeof given === 'string') return skip(given);
    const findings = runBtfRules([{ given, model: modelOf('v6.1') }], VERSIONS);
    expect(findings.map(({ message }) => message)).toEqual(WRONG_ON_PURPOSE);
  });

  it('lists every kfunc of v6.1 with its modules, and those of vmlinux without', async ({ skip }) => {
    const given = await open(MODULES);
    const alone = await open([]);
    if (typeof given === 'string') return skip(given);
    if (typeof alone === 'string') return skip(alone);
    const models = VERSIONS.map(modelOf);
    const all = listRows(modelOf('v6.1')).map((row) => ({ ...row, kernel: 'v6.1' }));
    expect(rowsInBtf(given, models, modelOf('v6.1'))).toEqual({ rows: all, absent: [], notGiven: [], unknown: [] });
    const left = rowsInBtf(alone, models, modelOf('v6.1'));
    expect(left.notGiven).toEqual(['nf_conntrack', 'nf_nat', 'tcp_bbr', 'tcp_dctcp']);
    expect(left.rows).toEqual(all.filter(({ owner }) => !left.notGiven.includes(owner)));
  });

  it('gives an id to every name of v6.1', async ({ skip }) => {
    const given = await open(MODULES);
    if (typeof given === 'string') return skip(given);
    const resolve = createBtfResolver(given);
    const { sources } = modelOf('v6.1');
    const unresolved = sources.flatMap(({ owner, sets, dtors }) => [
      ...sets.flatMap(({ kfuncs }) =>
        kfuncs.filter(({ name }) => resolve(name, 'func', ownerIn(given, owner)) === undefined),
      ),
      ...dtors.filter(({ type }) => resolve(type, 'struct', ownerIn(given, owner)) === undefined),
    ]);
    expect(unresolved).toEqual([]);
  });

  it('gets a header for each kfunc that compiles without a warning', async ({ skip }) => {
    const missing = missingTools('clang');
    skip(missing !== undefined, missing);
    const given = await open(MODULES);
    if (typeof given === 'string') return skip(given);
    const kfuncs = kfuncsOfKernel(given, modelOf('v6.1'));
    expect(kfuncs.size).toBeGreaterThan(60);
    for (const [name, { btf, id }] of kfuncs) {
      const source = `${printKsymHeader(btf, [id], name)}const void *use(void) { return (const void *)${name}; }\n`;
      const args = [
        '-target',
        'bpf',
        '-Wall',
        '-Wextra',
        '-Werror',
        '-O2',
        '-g',
        '-x',
        'c',
        '-c',
        '-',
        '-o',
        '/dev/null',
      ];
      const { status, stderr } = spawnSync('clang', args, { input: source, encoding: 'utf8' });
      expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: '' });
    }
  });
});

/** A module that is built in has its names in vmlinux. */
function ownerIn({ modules }: GivenKernel, owner: string): string {
  return modules.has(owner) ? owner : 'vmlinux';
}
