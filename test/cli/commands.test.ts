import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../generator/temporary-registry.ts';
import { kfuncs } from './kfuncs.ts';

const here = temporaryFolder();

interface Row {
  readonly kfunc: string;
  readonly hook: string;
  readonly prog_types: readonly string[];
  readonly flags: readonly string[];
}

describe('kfuncs list', () => {
  const rows = (...args: string[]): Row[] =>
    JSON.parse(kfuncs(here, ['list', '--format', 'json', ...args]).stdout) as Row[];

  it.each([
    ['v5.18', 44],
    ['v5.19', 47],
    ['v6.0', 83],
    ['v6.1', 126],
    ['v6.12', 464],
    ['v6.18', 620],
    ['v7.1', 719],
  ])('has the registrations of %s: %i', (kernel, count) => {
    expect(rows('--kernel', kernel).flatMap(({ prog_types }) => prog_types)).toHaveLength(count);
  });

  it('prints rows of the promised form', () => {
    expect(rows('--kernel', 'v5.19', '--hook', 'xdp')).toEqual([
      {
        kfunc: 'bpf_ct_release',
        hook: 'xdp',
        prog_types: ['BPF_PROG_TYPE_XDP'],
        flags: ['release'],
        owner: 'nf_conntrack',
        source: 'net/netfilter/nf_conntrack_bpf.c',
        set: 'nf_conntrack_xdp_kfunc_set',
      },
      {
        kfunc: 'bpf_xdp_ct_lookup',
        hook: 'xdp',
        prog_types: ['BPF_PROG_TYPE_XDP'],
        flags: ['acquire', 'ret_null'],
        owner: 'nf_conntrack',
        source: 'net/netfilter/nf_conntrack_bpf.c',
        set: 'nf_conntrack_xdp_kfunc_set',
      },
    ]);
  });

  it('filters by hook, flag and owner', () => {
    const found = rows('--kernel', 'v6.1', '--hook', 'tc', '--flag', 'kptr_get', '--owner', 'vmlinux');
    expect(found.map(({ kfunc }) => kfunc)).toEqual(['bpf_kfunc_call_test_kptr_get']);
  });

  it('sorts by hook, then kfunc', () => {
    const keys = rows().map(({ hook, kfunc }) => `${hook}\0${kfunc}`);
    expect(keys).toEqual(keys.toSorted());
  });

  it.each([
    [['--kernel', '6.18'], 'there is no kernel 6.18: did you mean v6.18?'],
    [['--kernel', 'v6.1', '--hook', 'xpd'], 'there is no hook of v6.1 called xpd: did you mean xdp?'],
    [['--kernel', 'v6.1', '--flag', 'aquire'], 'there is no flag of v6.1 called aquire: did you mean acquire?'],
    [
      ['--kernel', 'v6.1', '--owner', 'nf_contrack'],
      'there is no owner in v6.1 called nf_contrack: did you mean nf_conntrack?',
    ],
  ])('refuses %j, which would match nothing', (args, message) => {
    expect(kfuncs(here, ['list', ...args])).toMatchObject({ status: 2, stderr: `kfuncs: ${message}\n` });
  });
});

describe('kfuncs dtors', () => {
  it('prints the pairs of a kernel', () => {
    expect(JSON.parse(kfuncs(here, ['dtors', '--kernel', 'v5.19', '--format', 'json']).stdout)).toEqual([
      {
        type: 'prog_test_member',
        kfunc: 'bpf_kfunc_call_memb_release',
        owner: 'vmlinux',
        source: 'net/bpf/test_run.c',
      },
      {
        type: 'prog_test_ref_kfunc',
        kfunc: 'bpf_kfunc_call_test_release',
        owner: 'vmlinux',
        source: 'net/bpf/test_run.c',
      },
    ]);
  });

  it('has none before they existed', () => {
    expect(kfuncs(here, ['dtors', '--kernel', 'v5.18', '--format', 'json']).stdout).toBe('[]\n');
  });
});

describe('kfuncs show', () => {
  it('tells a kfunc through all kernels', () => {
    expect(kfuncs(here, ['show', 'bpf_kfunc_call_test_release']).stdout).toMatchSnapshot();
  });

  it('tells the conditions of set and entry together', () => {
    expect(kfuncs(here, ['show', 'bpf_verify_pkcs7_signature']).stdout).toContain(
      'CONFIG_KEYS && CONFIG_SYSTEM_DATA_VERIFICATION',
    );
  });

  it('knows the nearest name', () => {
    expect(kfuncs(here, ['show', 'bpf_ct_relase'])).toMatchObject({
      status: 2,
      stderr: 'kfuncs: no kernel has a kfunc bpf_ct_relase: did you mean bpf_ct_release?\n',
    });
  });
});

describe('kfuncs kernels and rules', () => {
  it('prints the profiles, oldest first', () => {
    const kernels = JSON.parse(kfuncs(here, ['kernels', '--format', 'json']).stdout) as { version: string }[];
    const versions = kernels.map(({ version }) => version);
    expect(versions.slice(0, 4)).toEqual(['v5.18', 'v5.19', 'v6.0', 'v6.1']);
    expect(versions.indexOf('v6.9')).toBeLessThan(versions.indexOf('v6.11'));
    expect(versions.at(-1)).toBe('v7.1');
  });

  it('explains a rule with an example of each kind', () => {
    expect(kfuncs(here, ['rules', 'registry/hook-not-in-kernel']).stdout).toMatchSnapshot();
  });

  it('rules has those of the verifier too, with what a kernel returns', () => {
    expect(kfuncs(here, ['rules', 'ref/leak']).stdout).toContain('The kernel returns -EINVAL.');
    const rules = JSON.parse(kfuncs(here, ['rules', '--format', 'json']).stdout) as { id: string; errno?: unknown }[];
    const families = new Set(rules.map(({ id }) => id.split('/')[0]));
    expect([...families]).toEqual(expect.arrayContaining(['registry', 'kfunc', 'ref', 'kptr', 'map', 'memory']));
  });

  it('knows the nearest rule', () => {
    expect(kfuncs(here, ['rules', 'registry/set-limt']).stderr).toContain('did you mean registry/set-limit?');
  });
});

describe('kfuncs init and generate', () => {
  const folder = temporaryFolder();

  it('begins a registry that validates and generates', () => {
    expect(kfuncs(folder, ['init', 'acme']).status).toBe(0);
    const acme = join(folder, 'acme');
    expect(kfuncs(acme, ['validate'])).toMatchObject({ status: 0, stdout: '1 file read, nothing found\n' });
    expect(kfuncs(acme, ['generate']).status).toBe(0);
    expect(readFileSync(join(acme, 'generated/include/v6.1/my_module.h'), 'utf8')).toContain(
      'register_my_module(void)',
    );
    expect(kfuncs(acme, ['list', '--kernel', 'v6.1']).stdout).toContain('my_module_lookup');
  });

  it('does nothing where nothing changed, and says so', () => {
    expect(kfuncs(join(folder, 'acme'), ['generate']).stderr).toBe('generated is up to date\n');
    expect(kfuncs(join(folder, 'acme'), ['generate', '--check']).status).toBe(0);
  });

  it('lists stale files with --check, and makes them again', () => {
    const acme = join(folder, 'acme');
    const file = join(acme, 'generated/json/v6.1.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace('"release"', '"relase"'));
    const { status, stdout } = kfuncs(acme, ['generate', '--check']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^changed {2}generated\/json\/v6\.1\.json:\d+\n/);
    expect(stdout).toContain('1 file is stale; `kfuncs generate` makes them again');
    expect(kfuncs(acme, ['generate']).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('removes the header of a declaration that is gone', () => {
    const acme = join(folder, 'acme');
    const declaration = join(acme, 'registry/kfuncs/my_module.yaml');
    writeFileSync(declaration, readFileSync(declaration, 'utf8').replace('source: my_module.c', 'source: other.c'));
    expect(kfuncs(acme, ['generate']).status).toBe(0);
    expect(existsSync(join(acme, 'generated/include/v6.1/my_module.h'))).toBe(false);
    expect(existsSync(join(acme, 'generated/include/v6.1/other.h'))).toBe(true);
  });

  it('writes nothing while declarations are invalid', () => {
    const broken = temporaryFolder({ 'registry/kfuncs/a.yaml': 'source: a.c\nowner: a\nsets: 1\n' });
    expect(kfuncs(broken, ['generate']).status).toBe(1);
    expect(existsSync(join(broken, 'generated'))).toBe(false);
  });

  it.each([
    ['a pipe', (file: string) => execFileSync('mkfifo', [file]), 'it is no regular file'],
    ['a link to nothing', (file: string) => symlinkSync('nowhere', file), 'there is no such file or folder'],
  ])('exits with 2 where %s stands among the declarations', (_, make, message) => {
    const own = temporaryFolder({ 'registry/kfuncs/a.yaml': 'source: a.c\nowner: a\n' });
    make(join(own, 'registry/kfuncs/b.yaml'));
    const { status, stderr } = kfuncs(own, ['generate']);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `kfuncs: cannot read registry/kfuncs/b.yaml: ${message}\n`,
    });
  });

  it('prints JSON or nothing on standard output', () => {
    const broken = temporaryFolder({ 'registry/kfuncs/a.yaml': 'source: a.c\n' });
    const { status, stdout, stderr } = kfuncs(broken, ['list', '--format', 'json']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('registry/missing-key');
  });

  it('exits with 2 where it can not begin', () => {
    const own = temporaryFolder({ file: '' });
    expect(kfuncs(own, ['init', 'file']).status).toBe(2);
    expect(kfuncs(own, ['init', '']).status).toBe(2);
    expect(kfuncs(own, ['generate', '--out', '']).status).toBe(2);
  });

  it('refuses to begin where a registry is', () => {
    expect(kfuncs(join(folder, 'acme'), ['init'])).toMatchObject({
      status: 2,
      stderr: 'kfuncs: registry exists already; nothing was written\n',
    });
  });

  it('makes only what is asked for', () => {
    const out = temporaryFolder();
    expect(kfuncs(here, ['generate', '--target', 'json', '--out', out]).status).toBe(0);
    expect(existsSync(join(out, 'json/v6.1.json'))).toBe(true);
    expect(existsSync(join(out, 'docs'))).toBe(false);
    expect(kfuncs(here, ['generate', '--target', 'jsn'])).toMatchObject({
      status: 2,
      stderr: 'kfuncs: there is no target jsn: did you mean json?\n',
    });
  });
});

describe('kfuncs generate --kernel', () => {
  it('makes what the named kernels have, and the same of it', () => {
    const out = temporaryFolder();
    const args = ['generate', '--kernel', 'v5.19', 'v6.1', '--target', 'json', 'tables', 'docs', '--out', out];
    expect(kfuncs(here, args).status).toBe(0);
    expect(readdirSync(join(out, 'json'))).toEqual(['v5.19.json', 'v6.1.json']);
    for (const path of ['json/v6.1.json', 'tables/v6.1.ts', 'docs/kernels/v5.19.md']) {
      expect(readFileSync(join(out, path), 'utf8')).toBe(
        readFileSync(join(import.meta.dirname, '../../generated', path), 'utf8'),
      );
    }
  });

  it('makes all again where other kernels are named', () => {
    const own = temporaryFolder();
    const to = (...args: readonly string[]): string => kfuncs(here, ['generate', '--out', own, ...args]).stdout;
    expect(to('--kernel', 'v6.1')).toMatch(/written\n$/);
    expect(kfuncs(here, ['generate', '--out', own, '--kernel', 'v6.1']).stderr).toBe(`${own} is up to date\n`);
    expect(to('--kernel', 'v6.0')).toContain('removed');
  });

  it('refuses a kernel that has no profile', () => {
    expect(kfuncs(here, ['generate', '--kernel', 'v6.01'])).toMatchObject({ status: 2 });
  });
});

describe('kfuncs as a program', () => {
  it.each(['validate', 'generate', 'list', 'dtors', 'show', 'kernels', 'rules', 'init'])(
    '%s --help ends with an example',
    (command) => {
      const { status, stdout } = kfuncs(here, [command, '--help']);
      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`Example:\\n {2}\\$ kfuncs ${command}`));
    },
  );

  it.each([
    [['rulse'], 'Did you mean rules?'],
    [['list', '--kernl', 'v6.1'], 'Did you mean --kernel?'],
    [['list', '--format', 'xml'], 'Allowed choices'],
    [['show'], 'missing required argument'],
  ])('exits with 2 for %j', (args, message) => {
    const { status, stderr } = kfuncs(here, args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it('completes kernels, hooks, rules and kfuncs', () => {
    expect(kfuncs(here, ['complete', '--', 'show', 'bpf_ct']).stdout).toContain('bpf_ct_release');
    expect(kfuncs(here, ['complete', '--', 'list', '--kernel', 'v5']).stdout).toContain('v5.19');
    expect(kfuncs(here, ['complete', '--', 'list', '--hook', '']).stdout).toContain('struct_ops');
    expect(kfuncs(here, ['complete', '--', 'rules', 'registry/set']).stdout).toContain('registry/set-limit');
  });

  it.each(['bash', 'zsh', 'fish'])('prints a completion script for %s', (shell) => {
    expect(kfuncs(here, ['completion', shell])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('kfuncs') as string,
    });
  });

  it('ends quietly when its reader does', () => {
    const cli = join(import.meta.dirname, '../../dist/cli/kfuncs.js');
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${cli}" rules --format json | head -n 1`],
      { encoding: 'utf8' },
    );
    expect({ stdout, stderr }).toEqual({ stdout: '[\n', stderr: '' });
  });
});
