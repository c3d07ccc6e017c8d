import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitAll } from './cli/git.ts';
import { loadProfiles } from '../generator/declarations/load.ts';
import { temporaryFolder } from './generator/temporary-registry.ts';

const ROOT = join(import.meta.dirname, '..');
const DOCUMENT = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');

/** What the commands of the document need of the repository. */
const COPIED = [
  ...[
    'build',
    'build.mjs',
    'dist/cli',
    'dist/preparsed.json',
    'generated',
    'generator',
    'package.json',
    'registry',
    'schemas',
    'src',
  ],
  ...['tsconfig.build.json', 'tsconfig.json', 'vitest.config.ts'],
  ...['test/count-reporter.ts', 'test/schemas.test.ts', 'test/generator/rules', 'test/generator/temporary-registry.ts'],
];

/** The section of a heading: its lines, and those of its commands. */
function section(heading: string): { readonly lines: readonly string[]; readonly script: string } {
  const [, body = ''] = new RegExp(`^## ${heading}\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(DOCUMENT) ?? [];
  const script = /^```sh\n([\s\S]*?)^```$/m.exec(body)?.[1] ?? '';
  return { lines: body.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('```')), script };
}

/** A copy of the repository to work in, which is a git repository of its own. */
function copyOfRepository(): string {
  const folder = join(temporaryFolder(), 'kfunc-registry');
  for (const path of COPIED) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, '.gitignore'), 'dist/\nnode_modules\n');
  commitAll(folder, 'as it is');
  return folder;
}

/** An edit that the document asks for, of a file or folder. */
type Edits = Readonly<Record<string, (path: string) => void>>;

/**
 * Runs the commands of a section, one after the other as one types them, and makes the edits that it asks for between
 * them. `npx kfuncs` is the program of the copy; the library is not compiled again at the end of `npm run generate`.
 *
 * @returns what each command printed
 */
function follow(heading: string, folder: string, edits: Edits = {}): Readonly<Record<string, string>> {
  const { generate = '' } = (
    JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  ).scripts;
  const quick = generate.replace(/ && npm run build$/, '');
  expect(quick).not.toBe(generate);
  const printed: Record<string, string> = {};
  const asked = new Set<string>();
  for (const line of section(heading).script.replaceAll('\\\n', '').split('\n')) {
    const path = /^# edit ([\w./-]+): \S/.exec(line)?.[1];
    if (path !== undefined) {
      expect(Object.keys(edits)).toContain(path);
      edits[path]?.(join(folder, path));
      asked.add(path);
    } else if (line !== '') {
      const command = line
        .replace(/^npx kfuncs /, 'node dist/cli/kfuncs.js ')
        .replace(/^npm run generate\b/, quick)
        .replace(/^npx vitest /, 'node node_modules/vitest/vitest.mjs ');
      const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
      expect({ line, status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ line, status: 0, said: '' });
      printed[line.replace(/\s*#.*/, '').slice(0, 40)] = stdout;
    }
  }
  expect([...asked].sort()).toEqual(Object.keys(edits).sort());
  return printed;
}

const edit =
  (change: (text: string) => string) =>
  (path: string): void => {
    const text = readFileSync(path, 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(path, change(text));
  };

/** A source tree of a kernel after the newest that has its hooks and flags, and one kfunc. */
function kernelTree(folder: string): void {
  const newest = loadProfiles().kernels.at(-1);
  const types = (newest?.prog_types ?? []).map((type) => `BPF_PROG_TYPE_${type.toUpperCase()}`);
  const hooks = Object.entries(newest?.hooks ?? {}).map(([name, { prog_types }]) => ({
    hook: `BTF_KFUNC_HOOK_${name.toUpperCase()}`,
    cases: prog_types.map((type) => `\tcase BPF_PROG_TYPE_${type.toUpperCase()}:\n`).join(''),
  }));
  const flags = Object.entries(newest?.flags ?? {}).map(
    ([flag, bit]) => `#define KF_${flag.toUpperCase()} (1 << ${String(bit)})\n`,
  );
  const files = {
    Makefile: 'VERSION = 7\nPATCHLEVEL = 2\nSUBLEVEL = 1\nEXTRAVERSION =\n',
    'include/uapi/linux/bpf.h': `enum bpf_prog_type { ${types.join(', ')} };\n`,
    'include/linux/kallsyms.h': '#define KSYM_NAME_LEN 512\n',
    'include/linux/bpf.h': '#define MAX_BPF_FUNC_ARGS 12\n#define MAX_BPF_FUNC_REG_ARGS 5\n',
    'include/linux/btf.h': flags.join(''),
    'kernel/bpf/verifier.c': '#define MAX_KFUNC_DESCS 256\n#define MAX_KFUNC_BTFS 256\n',
    'kernel/bpf/btf.c': `enum btf_kfunc_hook { ${hooks.map(({ hook }) => hook).join(', ')}, BTF_KFUNC_HOOK_MAX };
enum { BTF_KFUNC_SET_MAX_CNT = 256, BTF_DTOR_KFUNC_MAX_CNT = 256 };
static int bpf_prog_type_to_kfunc_hook(enum bpf_prog_type prog_type)
{
	switch (prog_type) {
${hooks.map(({ hook, cases }) => (cases === '' ? '' : `${cases}\t\treturn ${hook};\n`)).join('')}	default:
		return BTF_KFUNC_HOOK_MAX;
	}
}
static int __register(const struct btf_kfunc_id_set *kset)
{
	return kset->set->flags & BTF_SET8_KFUNCS ? 0 : -EINVAL;
}
int register_btf_kfunc_id_set(enum bpf_prog_type prog_type, const struct btf_kfunc_id_set *kset)
{
	return __register(kset);
}
`,
    'net/Makefile': 'obj-y += rope.o\n',
    'net/rope.c': `__bpf_kfunc struct rope *bpf_rope_get(u32 id) { return NULL; }
BTF_KFUNCS_START(rope_ids)
BTF_ID_FLAGS(func, bpf_rope_get, KF_ACQUIRE | KF_RET_NULL)
BTF_KFUNCS_END(rope_ids)
static const struct btf_kfunc_id_set rope_kfunc_set = { .owner = THIS_MODULE, .set = &rope_ids };
static int __init rope_init(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &rope_kfunc_set);
}
late_initcall(rope_init);
`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const RULE = `import { below } from '../declarations/place.ts';
import { declaration } from './example.ts';
import { defineRule } from './rule.ts';

const set = (name: string): string => declaration(\`sets:\\n  - { name: \${name}, hooks: [xdp], kfuncs: [acme_get] }\\n\`);

export const setName = defineRule({
  id: 'registry/set-name',
  severity: 'warning',
  title: 'The name of a set has no two underscores in a row',
  explanation: 'They are for what the compiler makes.',
  kernels: 'all',
  messages: { default: { message: '\`{name}\` has two underscores in a row', suggestion: 'leave one out' } },
  examples: { bad: set('acme__set'), good: set('acme_set') },
  check({ registry, report }) {
    for (const { name, place } of registry.files.flatMap(({ sets }) => sets)) {
      if (name.includes('__')) {
        report({ message: 'default', values: { name }, place: below(place, 'name') });
      }
    }
  },
});
`;

describe('CONTRIBUTING.md', () => {
  it.each([...DOCUMENT.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? ''))(
    'says in under ten lines: %s',
    (heading) => {
      const { lines, script } = section(heading);
      expect(script).not.toBe('');
      expect(lines.length).toBeLessThan(10);
    },
  );

  it('adds a kfunc', () => {
    const folder = copyOfRepository();
    const printed = follow('Add or change a kfunc', folder);
    expect(printed['npx kfuncs diff HEAD registry']).toMatch(
      /^adds +bpf_ct_mark: it is new, for sched_cls, xdp programs/,
    );
    expect(readFileSync(join(folder, 'generated/json/v7.1.json'), 'utf8')).toContain('"bpf_ct_mark"');
  }, 300_000);

  it('adds a kernel', () => {
    const folder = copyOfRepository();
    kernelTree(join(folder, '../linux'));
    const printed = follow('Add a kernel', folder, {
      'registry/kfuncs/': (path) => {
        edit((text) => text.replace('owner: vmlinux\n', 'owner: vmlinux\ndescription: Ropes.\n'))(
          join(path, 'net/rope.yaml'),
        );
      },
      'schemas/declaration.schema.json': edit((text) => text.replace('"v7.1"', '"v7.1", "v7.2"')),
    });
    expect(printed['npx kfuncs diff v7.1 v7.2']).toContain('adds   bpf_rope_get: it is new, for xdp programs');
    expect(existsSync(join(folder, 'generated/tables/v7.2.ts'))).toBe(true);
  }, 300_000);

  it('adds a rule', () => {
    const folder = copyOfRepository();
    follow('Add a rule', folder, {
      'generator/rules/set-name.rule.ts': (path) => {
        writeFileSync(path, RULE);
      },
      'generator/rules/index.ts': edit((text) =>
        text
          .replace('import { setLimit }', "import { setName } from './set-name.rule.ts';\nimport { setLimit }")
          .replace('  setWithoutHook,\n', '  setWithoutHook,\n  setName,\n'),
      ),
    });
    const page = / (generated\/docs\/rules\/\S+set-name\.md)/.exec(section('Add a rule').script)?.[1] ?? '';
    expect(readFileSync(join(folder, page), 'utf8')).toContain('The name of a set has no two underscores in a row');
  }, 300_000);

  it('changes what a program type may do, and a helper', () => {
    const folder = copyOfRepository();
    follow('Change what a program type may do', folder, {
      'registry/prog-types/xdp.yaml': edit((text) => text.replace('packet: write', 'packet: read')),
    });
    follow('Add or change a BPF helper', folder, {
      'registry/helpers/core.yaml': edit((text) =>
        text.replace('{ returns: integer, args: [] }', '{ returns: integer, args: [anything] }'),
      ),
    });
    const changed = spawnSync('git', ['status', '--short', 'generated'], { cwd: folder, encoding: 'utf8' }).stdout;
    expect(changed).toContain(' M generated/');
  }, 300_000);
});
