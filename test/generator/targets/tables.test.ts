import { beforeAll, describe, expect, it } from 'vitest';
import type { OutputFile } from '../../../generator/targets/target.ts';
import { tablesTarget } from '../../../generator/targets/tables.ts';
import type { KernelTable } from '../../../src/tables/kernel-table.ts';
import { conntrackModel } from '../conntrack-model.ts';
import { makeKernel, makeKernelModel, makeKfunc, makeSet, makeSource } from '../model-factory.ts';
import { contentOf, makeInput } from '../target-input.ts';
import { bundle } from './bundle.ts';

let files: readonly OutputFile[];
beforeAll(async () => {
  files = await tablesTarget.emit(makeInput(conntrackModel));
});

/** What the module of a kernel exports at run time. */
async function load(version: string, emitted = files): Promise<{ table: KernelTable; kfuncs: object }> {
  const code = await bundle(`export * from './tables/${version}.ts';`, emitted);
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { table: KernelTable; kfuncs: object };
}

describe('tablesTarget', () => {
  it('emits the same text for the same model', async () => {
    expect(await tablesTarget.emit(makeInput(conntrackModel))).toEqual(files);
  });

  it('emits a module whose names an editor explains', () => {
    expect(contentOf(files, 'tables/v6.1.ts')).toMatchSnapshot();
  });

  it('imports the library by the name of its package', () => {
    const imports = contentOf(files, 'tables/v6.1.ts').match(/^import .*/gm);
    expect(imports).toEqual([`import { deepFreeze, type KernelTable } from 'kfunc-registry';`]);
  });

  const words = [
    // v5.19: bit 0 is the check set, then acquire, release, ret_null; v6.1: the KF_ flags themselves.
    { version: 'v5.19', set: 0, kfuncs: ['bpf_xdp_ct_lookup', 0b1011, 'bpf_ct_release', 0b101] },
    { version: 'v5.19', set: 1, kfuncs: ['bpf_ct_release', 0b101, 'bpf_ct_hidden', 0b10] },
    {
      version: 'v6.1',
      set: 0,
      kfuncs: ['bpf_xdp_ct_lookup', 0b101, 'bpf_ct_release', 0b10, 'bpf_ct_change_timeout', 0],
    },
  ];
  it.each(words)('gives the words of set $set of $version', async ({ version, set, kfuncs }) => {
    const { table } = await load(version);
    expect(table.sets[set]?.kfuncs).toEqual(kfuncs);
  });

  it('uses the highest bit without a sign', async () => {
    const kernel = { ...makeKernel('v9.0'), flags: { acquire: 31 } };
    const source = makeSource('a.c', [makeSet('set', [['xdp', 'xdp']], [makeKfunc('f', ['acquire'])])]);
    const emitted = await tablesTarget.emit(makeInput({ kernels: [makeKernelModel(kernel, [source])] }));
    expect((await load('v9.0', emitted)).table.sets[0]?.kfuncs).toEqual(['f', 2 ** 31]);
  });

  it('refuses a flag that the kernel does not have', async () => {
    const source = makeSource('a.c', [makeSet('set', [['xdp', 'xdp']], [makeKfunc('f', ['sleepable'])])]);
    const model = { kernels: [makeKernelModel(makeKernel('v6.1'), [source])] };
    await expect(tablesTarget.emit(makeInput(model))).rejects.toThrow(
      'kernel v6.1 has no flag sleepable, which f bears',
    );
  });

  it('freezes the table and the names at run time', async () => {
    const { table, kfuncs } = await load('v6.1');
    expect([table, table.sets, table.sets[0]?.kfuncs, table.profile.hooks, kfuncs].every(Object.isFrozen)).toBe(true);
    expect(kfuncs).toEqual({
      bpf_ct_change_timeout: 'bpf_ct_change_timeout',
      bpf_ct_release: 'bpf_ct_release',
      bpf_xdp_ct_lookup: 'bpf_xdp_ct_lookup',
    });
  });

  it('holds a kfunc named like a part of every object', async () => {
    const source = makeSource('a.c', [makeSet('set', [['xdp', 'xdp']], [makeKfunc('__proto__')])]);
    const emitted = await tablesTarget.emit(makeInput({ kernels: [makeKernelModel(makeKernel('v6.1'), [source])] }));
    expect(Object.keys((await load('v6.1', emitted)).kfuncs)).toEqual(['__proto__']);
  });
});

describe('a bundle', () => {
  it('has nothing of a table that is imported and not used', async () => {
    const code = `import { kfuncs, table } from './tables/v6.1.ts';\nconsole.log(1);`;
    expect(await bundle(code, files)).toBe('console.log(1);\n');
  });

  it('has of one kernel nothing but its table', async () => {
    const code = `import { table } from './tables/v6.1.ts';\nconsole.log(table);`;
    const text = await bundle(code, files);
    expect(text).toContain('bpf_ct_change_timeout');
    expect(text).not.toContain('bpf_ct_hidden');
    expect(text).not.toContain('bpf_ct_release:');
  });

  it('that uses a kernel of 150 kfuncs keeps to 8 KiB', async () => {
    const sets = Array.from({ length: 15 }, (_, set) =>
      makeSet(
        `subsystem_${set}_kfunc_set`,
        [['xdp', 'xdp']],
        Array.from({ length: 10 }, (_, i) => makeKfunc(`bpf_subsystem_${set}_acquire_${i}`, ['acquire', 'ret_null'])),
      ),
    );
    const model = { kernels: [makeKernelModel(makeKernel('v6.1'), [makeSource('kernel/bpf/subsystem.c', sets)])] };
    const emitted = await tablesTarget.emit(makeInput(model));
    const text = await bundle(`import { table } from './tables/v6.1.ts';\nconsole.log(table);`, emitted);
    expect(text.match(/bpf_subsystem_\d+_acquire_\d/g)).toHaveLength(150);
    expect(text.length).toBeLessThan(8 * 1024);
  });
});
