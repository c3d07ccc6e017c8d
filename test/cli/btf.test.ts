import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../src/cli/run.ts';
import { openBtf } from '../../src/btf/open-btf.ts';
import { writtenBtf } from '../generator/btf-rules/written-btf.ts';

const DECLARATION = `source: drivers/acme/acme_bpf.c
owner: acme
sets:
  - name: acme_kfunc_set
    hooks: [xdp]
    kfuncs:
      - { name: acme_get, flags: [acquire, ret_null] }
      - acme_read
`;

let folder = '';

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command on the registry of this test; `@` stands for its folder. */
async function run(...args: readonly string[]): Promise<Run> {
  let stdout = '';
  let stderr = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  try {
    const words = args.map((word) => word.replace('@', `${folder}/`));
    const code = await runCli([...words, '--registry', join(folder, 'registry'), '--no-color']);
    return { code, stdout, stderr: stderr.replaceAll(`${folder}/`, '@') };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kfuncs-cli-btf-'));
  const vmlinux = writtenBtf(['struct acme', 'int acme_core(u32 id)'], { tagged: ['acme_core'] });
  const module = ['struct acme *acme_get(u32 id)', 'int acme_raed(u32 id)'];
  writeFileSync(join(folder, 'vmlinux'), vmlinux);
  writeFileSync(join(folder, 'acme'), writtenBtf(module, { base: openBtf(vmlinux) }));
  mkdirSync(join(folder, 'registry/kfuncs'), { recursive: true });
  writeFileSync(join(folder, 'registry/kfuncs/acme.yaml'), DECLARATION);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('kfuncs with the BTF of a kernel', () => {
  it('validate reports what the kernel does not have, and what it took the kernel for', async () => {
    const { code, stdout, stderr } = await run('validate', '--kernel', 'v6.1', '--btf', '@vmlinux', '@acme');
    expect(stdout).toContain('`acme_read` is no function in the BTF of acme');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '@vmlinux is taken for v6.1\n' });
  });

  it('validate says what it did not judge', async () => {
    const { code, stderr } = await run('validate', '--kernel', 'v6.1', '--btf', '@vmlinux');
    expect(code).toBe(0);
    expect(stderr).toContain('kfuncs of modules whose BTF is not given: acme (2)\n');
  });

  it('list shows what the kernel has, with the version that says it', async () => {
    const args = ['--btf', '@vmlinux', '--module-btf', '@acme', '--kernel', 'v6.1', '--format', 'json'];
    const { code, stdout, stderr } = await run('list', ...args);
    expect(JSON.parse(stdout)).toEqual([
      {
        kfunc: 'acme_get',
        hook: 'xdp',
        prog_types: ['BPF_PROG_TYPE_XDP'],
        flags: ['acquire', 'ret_null'],
        owner: 'acme',
        source: 'drivers/acme/acme_bpf.c',
        set: 'acme_kfunc_set',
        kernel: 'v6.1',
      },
    ]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        '@vmlinux is taken for v6.1, as asked\nin v6.1, and not in this kernel: acme_read\nmarked as kfuncs in the BTF, and in no version: acme_core\n',
    });
  });

  it('header prints prototypes of kfuncs, also of marked ones that the registry does not know', async () => {
    const { code, stdout } = await run('header', 'acme_get', 'acme_core', '--btf', '@vmlinux', '--module-btf', '@acme');
    expect(code).toBe(0);
    expect(stdout).toContain('extern struct acme *acme_get(u32 id) __ksym;\nextern int acme_core(u32 id) __ksym;\n');
  });

  it.each([
    [['header', 'acme_gte', '--btf', '@vmlinux', '--module-btf', '@acme'], 'did you mean acme_get?'],
    [['header', 'acme_get'], "required option '--btf <file>'"],
    [['list', '--module-btf', '@acme'], '--module-btf needs --btf'],
    [['list', '--btf', '@vmlinux', '--module-btf', '@vmlinux'], 'name one vmlinux with --btf'],
    [['list', '--btf', '@registry/kfuncs/acme.yaml'], 'cannot read @registry/kfuncs/acme.yaml: '],
    [['validate', '--btf', '@acme'], 'it is the BTF of a module'],
  ])('%j is wrong usage', async (args, says) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });

  it('rules explains the rules for BTF too', async () => {
    const { code, stdout } = await run('rules', 'registry/btf-dtor-prototype');
    expect(code).toBe(0);
    expect(stdout).toContain('# BTF: int acme_put(struct acme *a);');
  });
});
