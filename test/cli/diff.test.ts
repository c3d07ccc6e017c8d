import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../generator/temporary-registry.ts';
import { commitAll } from './git.ts';
import { kfuncs } from './kfuncs.ts';

const DECLARATION = `source: a.c
owner: acme
sets:
  - { name: s, hooks: [xdp], kfuncs: [acme_get, acme_put] }
`;

describe('kfuncs diff', () => {
  const folder = temporaryFolder({ 'registry/kfuncs/a.yaml': DECLARATION });
  commitAll(folder, 'first');
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
    [['HEAD', 'nowhere'], 'kfuncs: nowhere is no folder, and no git revision\n'],
    [['HEAD', 'HEAD', '--registry', 'other'], 'kfuncs: neither HEAD nor HEAD has a registry at other\n'],
    [['HEAD', 'HEAD', '--registry', '/'], 'kfuncs: HEAD is no folder, and / is in no git repository\n'],
    [['HEAD', '-v', '--', '-q'], 'error: unknown option'],
    [['HEAD', '--', '-q'], 'kfuncs: -q is no folder, and no git revision\n'],
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

  it('exits with 1 where a change may break programs, if it is asked to', () => {
    expect(kfuncs(folder, ['diff', 'HEAD', 'registry', '--fail-on-breaking']).status).toBe(1);
    expect(kfuncs(folder, ['diff', 'HEAD', 'HEAD', '--fail-on-breaking']).status).toBe(0);
    expect(kfuncs(temporaryFolder(), ['diff', 'v6.19', 'v7.0', '--fail-on-breaking']).status).toBe(1);
  });
});

describe('kfuncs diff of git revisions', () => {
  const folder = temporaryFolder({ README: 'nothing yet' });
  commitAll(folder, 'before');
  mkdirSync(join(folder, 'sub/dir/kfuncs'), { recursive: true });
  writeFileSync(join(folder, 'sub/dir/kfuncs/a.yaml'), DECLARATION);
  commitAll(folder, 'first');
  writeFileSync(join(folder, 'sub/dir/kfuncs/a.yaml'), DECLARATION.replace(', acme_put', ''));
  commitAll(folder, 'second');

  it.each([
    ['the root', folder, 'sub/dir'],
    ['a folder', join(folder, 'sub'), 'dir'],
    ['elsewhere', temporaryFolder(), join(folder, 'sub/dir')],
  ])('finds a registry that is not at the root of its repository, from %s', (_, from, registry) => {
    const { stdout } = kfuncs(from, ['diff', 'HEAD~1', 'HEAD', '--registry', registry]);
    expect(stdout).toContain('breaks acme_put: it is gone');
  });

  it('takes a revision from before there was a registry for an empty one, and says so', () => {
    const { status, stdout, stderr } = kfuncs(folder, ['diff', 'HEAD~2', 'HEAD', '--registry', 'sub/dir']);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'HEAD~2 has no sub/dir: compared with an empty registry\n',
    });
    expect(stdout).toMatch(/^adds +acme_get: .*\n1 change from HEAD~2 to HEAD, 0 of them breaking\n$/);
  });

  it('finds a registry that the work tree has no more', () => {
    const other = temporaryFolder();
    execFileSync('git', ['clone', '-q', folder, other]);
    rmSync(join(other, 'sub'), { recursive: true });
    expect(kfuncs(other, ['diff', 'HEAD~1', 'HEAD', '--registry', 'sub/dir']).stdout).toContain('breaks acme_put');
  });

  it('says of a shallow clone what to fetch', () => {
    const shallow = temporaryFolder();
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${folder}`, shallow]);
    expect(kfuncs(shallow, ['diff', 'HEAD~1', 'HEAD', '--registry', 'sub/dir'])).toMatchObject({
      status: 2,
      stderr:
        'kfuncs: HEAD~1 is no folder, and not among the revisions of this shallow clone: ' +
        'run git fetch --depth=1 origin HEAD~1, or give actions/checkout `fetch-depth: 0`\n',
    });
  });
});
