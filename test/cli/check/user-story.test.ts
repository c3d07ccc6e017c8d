import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckReport, CheckResult } from '../../../generated/types/check-report.ts';
import { realKernel, type RealKernel } from '../../btf/real-kernel.ts';
import { temporaryFolder } from '../../generator/temporary-registry.ts';
import { CLANG, compileSource } from '../../verifier/programs/sources.ts';
import { check } from './check-run.ts';

/*
 * A program looks a connection up, and forgets to release it on one path. What the report says is enough to mend it, and
 * what is mended is accepted.
 */
const PROGRAMS = join(import.meta.dirname, '../../verifier/programs');
const source = readFileSync(join(PROGRAMS, 'gate.c'), 'utf8');
const real = await realKernel();

function kernelArgs({ vmlinux, modules }: RealKernel): readonly string[] {
  const conntrack = modules.find((path) => basename(path) === 'nf_conntrack.ko') ?? '';
  const small = join(PROGRAMS, 'fixtures/kernel-v5.19.btf');
  const btf = ['--btf', `v5.19=${small}`, `v6.1=${vmlinux}`, '--module-btf', `v6.1=${conntrack}`];
  return ['--kernel', 'v5.19', 'v6.1', ...btf];
}

async function report(folder: string, text: string, kernel: RealKernel): Promise<readonly CheckResult[]> {
  const path = join(folder, 'gate.bpf.c');
  const object = join(folder, 'gate.bpf.o');
  writeFileSync(path, text);
  writeFileSync(object, compileSource(path));
  const { stdout } = await check(folder, object, ...kernelArgs(kernel), '--format', 'json');
  return (JSON.parse(stdout) as CheckReport).results;
}

function lineOf(text: string): number {
  return source.split('\n').indexOf(text) + 1;
}

if (typeof real === 'string' || CLANG === undefined) {
  test.skip(typeof real === 'string' ? real : 'needs clang', () => undefined);
} else {
  const folder = temporaryFolder();

  test('a connection that is not released on one path: what was acquired, the path, and what to do', async () => {
    const results = await report(folder, source, real);
    expect(results.map(({ kernel, verdict, rule, errno }) => [kernel, verdict, rule, errno])).toEqual([
      ['v5.19', 'reject', 'ref/leak', -22],
      ['v6.1', 'reject', 'ref/leak', -22],
    ]);
    for (const { suggestion, related = [], path = [] } of results) {
      const acquires = lineOf('\tct = bpf_xdp_ct_lookup(ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts));');
      expect(related.map(({ place }) => place.source?.line)).toEqual([acquires]);
      // After the packet was parsed, in include/net.h.
      const own = path.map(({ from }) => from.source).filter((place) => place?.file.endsWith('gate.bpf.c'));
      expect(own.map((place) => place?.line)).toEqual([
        acquires,
        lineOf('\tif (!ct)'),
        lineOf('\tif (ct->status & IPS_DYING) {'),
      ]);
      expect(suggestion).toBe('call bpf_ct_release() before this path ends');
    }
  });

  test('the same for people: lines of the file in which it was found need no name of a file', async () => {
    const { stdout } = await check(folder, join(folder, 'gate.bpf.o'), ...kernelArgs(real));
    const lines = stdout.split('\n').map((line) => line.trim());
    expect(lines).toContainEqual(expect.stringMatching(/^gate +reject ref\/leak +reject ref\/leak$/));
    expect(lines).toContainEqual(expect.stringMatching(/^\S*net\.h:\d+:\d+ /));
    expect(lines).toContainEqual(expect.stringMatching(/^\d+:\d+ +ct = bpf_xdp_ct_lookup\(/));
    expect(lines).toContainEqual(expect.stringMatching(/^\d+:\d+ +if \(ct->status & IPS_DYING\) \{/));
    expect(stdout).toMatch(/acquires reference 2\b/);
    expect(lines).toContain('help: call bpf_ct_release() before this path ends');
  });

  test('mended by that alone, both kernels accept it', async () => {
    const [found] = await report(folder, source, real);
    const call = /call (\w+)\(\)/.exec(found?.suggestion ?? '')?.[1] ?? '';
    const branch = found?.path?.at(-1)?.from.source?.line ?? 0;
    const mended = source.split('\n').toSpliced(branch, 0, `\t\t${call}(ct);`).join('\n');
    const results = await report(folder, mended, real);
    expect(results.map(({ kernel, verdict }) => [kernel, verdict])).toEqual([
      ['v5.19', 'accept'],
      ['v6.1', 'accept'],
    ]);
  });
}
