import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../generated/types/probe-result.ts';
import { probeSource } from '../../../generator/probe/probe-source.ts';
import { probeView, type ProbeView } from '../../../generator/probe/probe-view.ts';
import { readProbeResult } from '../../../generator/probe/read-result.ts';
import { compilers, missingTools, run, temporaryFolder } from '../../c/toolchain.ts';
import { load } from '../temporary-registry.ts';
import { packageModel } from './results.ts';

const WARNINGS = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Wpedantic', '-Wshadow', '-Werror'];

const VIEWS: readonly (readonly [string, ProbeView])[] = [
  ['the registry', probeView(packageModel())],
  ['a registry without kfuncs', probeView({ kernels: [] })],
];

describe.each(compilers)('%s', (compiler) => {
  it.for(VIEWS)('compiles the probe of %s without a warning', { timeout: 120_000 }, async ([, view], { skip }) => {
    const missing = missingTools(compiler);
    skip(missing !== undefined, missing);
    const folder = temporaryFolder();
    const source = join(folder, 'probe.c');
    writeFileSync(source, await probeSource(view));
    expect(run(compiler, [...WARNINGS, '-o', join(folder, 'probe'), source])).toEqual({ ok: true, output: '' });
  });
});

describe('the source of the probe', () => {
  it('has the names of all kernels, sorted, and the options of all conditions', async () => {
    const view = probeView(packageModel());
    expect(view.kfuncs).toEqual([...view.kfuncs].sort());
    expect(view.kfuncs).toEqual(
      expect.arrayContaining([
        'bpf_ct_release',
        'crash_kexec',
        'bpf_kfunc_call_test_kptr_get',
        'update_socket_protocol',
      ]),
    );
    expect(view.configs).toEqual(expect.arrayContaining(['CONFIG_KEYS', 'CONFIG_SCHED_CLASS_EXT']));
    const source = await probeSource(view);
    for (const name of [...view.kfuncs, ...view.configs]) expect(source).toContain(`\t"${name}",\n`);
  });

  it('includes headers of the C library and of Linux alone, and says that it attaches nothing', async () => {
    const source = await probeSource(probeView(packageModel()));
    const includes = [...source.matchAll(/#include .*/g)].map(([line]) => line);
    expect(includes.filter((line) => !/^#include <(sys\/|net\/)?\w+\.h>$/.test(line))).toEqual([]);
    expect(source).toContain('Nothing is\n * attached and nothing runs');
    // Of all commands of bpf(2) it has the load, and those that find the BTF of modules.
    expect([...new Set(source.match(/\bBPF_(?:PROG|MAP|OBJ|BTF|LINK|RAW|ITER)_[A-Z_]+\b/g))].sort()).toEqual([
      'BPF_BTF_GET_FD_BY_ID',
      'BPF_BTF_GET_NEXT_ID',
      'BPF_OBJ_GET_INFO_BY_FD',
      'BPF_PROG_LOAD',
      'BPF_PROG_TYPE_',
    ]);
  });

  it('takes in nothing but C identifiers', () => {
    const { registry } = load({
      'kfuncs/acme.yaml': `source: acme.c
owner: acme
sets:
  - { name: s, hooks: [xdp], kfuncs: ['acme", system("x"), "', acme_get, 'acme get', 'int'] }
`,
    });
    expect(probeView(registry.model).kfuncs).toEqual(['acme_get']);
  });

  it('asks about the kfuncs of a registry of one’s own', () => {
    const { registry } = load({
      'kfuncs/acme.yaml': `source: acme.c
owner: acme
sets:
  - { name: s, hooks: [xdp], config: CONFIG_ACME, kfuncs: [acme_put, acme_get] }
`,
    });
    expect(probeView(registry.model)).toMatchObject({ kfuncs: ['acme_get', 'acme_put'], configs: ['CONFIG_ACME'] });
  });
});

describe('the probe', () => {
  it('prints a result that says so where it is not permitted to ask', { timeout: 120_000 }, async ({ skip }) => {
    const missing = missingTools('gcc');
    skip(missing !== undefined, missing);
    const folder = temporaryFolder();
    const program = join(folder, 'probe');
    writeFileSync(`${program}.c`, await probeSource(probeView(packageModel())));
    expect(run('gcc', ['-O2', '-o', program, `${program}.c`]).ok).toBe(true);
    run('chmod', ['-R', 'a+rX', folder]);
    // Root would be permitted: here, nobody asks.
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const { stdout, stderr, status, error } = spawnSync(program, [], { ...nobody, encoding: 'utf8', cwd: '/' });
    skip((error as NodeJS.ErrnoException | undefined)?.code === 'EPERM', 'this machine lets nobody run programs');
    writeFileSync(join(folder, 'result.json'), stdout);
    const result: ProbeResult = readProbeResult(join(folder, 'result.json'));
    expect(result.problems.length).toBeGreaterThan(0);
    for (const problem of result.problems) expect(stderr).toContain(`probe: ${problem}\n`);
    expect(result.problems.join('\n')).toMatch(/run as root|without BTF of the kernel|no enum bpf_prog_type/);
    expect(result.kernel.release).toBe(release());
    const asked = result.kfuncs.flatMap(({ answers }) => answers.filter(({ verdict }) => verdict === 'allowed'));
    // Where unprivileged programs are allowed, those of two types are, and no such program may call a kfunc.
    expect(asked).toEqual([]);
    expect(status).toBe(result.kfuncs.length > 0 ? 0 : 1);
  });

  it('tells how it is called', { timeout: 120_000 }, async ({ skip }) => {
    const missing = missingTools('gcc');
    skip(missing !== undefined, missing);
    const folder = temporaryFolder();
    const program = join(folder, 'probe');
    writeFileSync(`${program}.c`, await probeSource(probeView({ kernels: [] })));
    expect(run('gcc', ['-o', program, `${program}.c`]).ok).toBe(true);
    expect(spawnSync(program, ['--help'], { encoding: 'utf8' })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('[CONFIG] > result.json') as string,
    });
  });
});
