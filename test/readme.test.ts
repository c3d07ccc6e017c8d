import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiled, CORPUS, IS_CLANG_14 } from './cli/check/check-run.ts';
import { kfuncs } from './cli/kfuncs.ts';
import { resultText } from './generator/probe/results.ts';
import { temporaryFolder } from './generator/temporary-registry.ts';
import { typeCheck } from './generator/targets/type-check.ts';
import { flagsOf, kfuncsOf } from '../src/index.ts';
import { kfuncs as names, table } from '../generated/tables/v6.1.ts';
import { missingTools } from './c/toolchain.ts';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The blocks of code of a language, in order. */
function blocks(language: string): readonly string[] {
  return [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

const [declaration = ''] = blocks('yaml');

/** What `check` is shown with, a program and the BTF of a kernel; and `probe`, what one printed. */
function programs([command]: readonly string[]): Readonly<Record<string, Uint8Array>> {
  if (command === 'probe') return { 'result.json': Buffer.from(resultText('v6.1')) };
  if (command !== 'check') return {};
  return { 'conn.bpf.o': compiled('conn.bpf.c'), 'v5.19.btf': readFileSync(join(CORPUS, 'btf/kernel-v5.19.btf')) };
}

describe('the README', () => {
  it.for(blocks('console').map((block) => [block.split('\n')[0] ?? '', block] as const))(
    '%s prints what it shows',
    ([line, block], { skip }) => {
      const args = line.replace('$ npx kfuncs ', '').split(' ');
      skip(args[0] === 'check' && !IS_CLANG_14, 'what clang 14 compiles is shown');
      const { stdout } = kfuncs(temporaryFolder({ 'acme.yaml': declaration, ...programs(args) }), args);
      expect(stdout).toBe(block.slice(line.length + 1));
    },
  );

  it('names two commands that are scripts of the package', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const commands = [...README.matchAll(/^ {4}npm ci && npm (?:run )?(\w+)/gm)].map((match) => match[1] ?? '');
    expect(commands).toEqual(['generate', 'test']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(commands));
  });

  it('has a declaration that is right but for the mistake it shows', () => {
    const { status, stdout } = kfuncs(temporaryFolder({ 'acme.yaml': declaration.replace('relaese', 'release') }), [
      'validate',
      'acme.yaml',
    ]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '1 file read, nothing found\n' });
  });

  it('generates the header that its C example includes', ({ skip }) => {
    const missing = missingTools('gcc');
    skip(missing !== undefined, missing);
    const folder = temporaryFolder({ 'registry/kfuncs/acme.yaml': declaration.replace('relaese', 'release') });
    expect(
      kfuncs(folder, ['generate', '--registry', 'registry', '--target', 'include', '--out', 'generated']).status,
    ).toBe(0);
    const [code = ''] = blocks('c');
    const path = /generated\/include\/\S+\.h/.exec(code)?.[0] ?? '';
    const header = readFileSync(join(folder, path), 'utf8');
    for (const [, called = ''] of code.matchAll(/return (\w+)\(/g)) {
      expect(header).toContain(`static inline int ${called}(void)`);
    }
  });

  it('imports a table as it shows', () => {
    const [code = ''] = blocks('ts');
    const ours = code.replace('kfunc-registry/tables/v6.1', './v6.1.ts');
    const tables = readFileSync(join(ROOT, 'generated/tables/v6.1.ts'), 'utf8');
    const check = (text: string): readonly string[] =>
      typeCheck(
        new Map([
          ['v6.1.ts', tables],
          ['readme.ts', text],
        ]),
      ).get('readme.ts') ?? ['not checked'];
    expect(check(ours)).toEqual([]);
    expect(check(ours.replace('bpf_xdp_ct_lookup', 'bpf_xdp_ct_lokup'))).toEqual([
      expect.stringContaining('bpf_xdp_ct_lokup'),
    ]);
    expect(check(ours.replace("kfuncsOf(table, 'xdp')", "kfuncsOf(table, 'xpd')"))).toEqual([
      expect.stringContaining('xpd'),
    ]);
    expect(flagsOf(table, names.bpf_xdp_ct_lookup, 'xdp')).toEqual(['acquire', 'ret_null']);
    expect(kfuncsOf(table, 'xdp')).toContain('bpf_xdp_ct_lookup');
  });

  it('imports what the package exports, by Node itself', () => {
    const code = `import { flagsOf } from 'kfunc-registry'; import { table } from 'kfunc-registry/tables/v6.1';
      import { readFileSync } from 'node:fs';
      const json = JSON.parse(readFileSync(new URL(import.meta.resolve('kfunc-registry/json/v6.1.json')), 'utf8'));
      const schema = JSON.parse(readFileSync(new URL(import.meta.resolve('kfunc-registry/schemas/table.schema.json')), 'utf8'));
      console.log(flagsOf(table, 'bpf_ct_release', 'xdp').join(), json.kernel, schema.title);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'release v6.1 TableJson\n', stderr: '' });
  });

  it('links to files that exist', () => {
    for (const [, target = ''] of README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(() => readFileSync(join(ROOT, target))).not.toThrow();
    }
  });
});
