import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../generator/temporary-registry.ts';
import { kfuncs } from './kfuncs.ts';

const DECLARATION = `source: a.c
owner: acme
sets:
  - { name: s, hooks: [xdp], kfuncs: [acme_get, acme_put] }
`;

describe('kfuncs diff', () => {
  const folder = temporaryFolder({ 'registry/kfuncs/a.yaml': DECLARATION });
  const git = (...args: string[]): void => {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.invalid'];
    execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
  };
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  writeFileSync(join(folder, 'registry/kfuncs/a.yaml'), DECLARATION.replace(', acme_put', ''));

  it('compares a git revision with the work tree, and touches neither', () => {
    const index = readFileSync(join(folder, '.git/index'));
    const { status, stdout } = kfuncs(folder, ['diff', 'HEAD', 'registry']);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^breaks acme_put: it is gone, for xdp programs \(\d+ kernels from v5\.18 to v7\.1\)\n1 change from HEAD to registry, 1 of them breaking\n$/,
    );
    expect(readFileSync(join(folder, '.git/index'))).toEqual(index);
  });

  it('compares two kernels', () => {
    const diff = JSON.parse(kfuncs(temporaryFolder(), ['diff', 'v5.18', 'v5.19', '--format', 'json']).stdout) as {
      changes: { name: string; kind: string }[];
    };
    expect(diff.changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'kfunc-added bpf_kfunc_call_memb1_release',
      'kfunc-added bpf_kfunc_call_memb_acquire',
      'kfunc-added bpf_kfunc_call_test_kptr_get',
      'dtor-added prog_test_member',
      'dtor-added prog_test_ref_kfunc',
    ]);
  });

  it.each([
    [['HEAD', 'nowhere'], 'kfuncs: nowhere is no folder, and no git revision with a registry/\n'],
    [['HEAD', '--output=x'], "error: unknown option '--output=x'"],
    [
      ['v5.18', 'registry'],
      'kfuncs: compare two kernels, or two registries: a kernel and a registry have nothing in common\n',
    ],
    [['v5.18', 'v9.9'], 'kfuncs: there is no kernel v9.9: '],
  ])('refuses %j', (args, message) => {
    const { status, stderr } = kfuncs(folder, ['diff', ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
