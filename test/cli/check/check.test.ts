import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../../generated/types/check-report.ts';
import { validate } from '../../../generated/types/check-report.validate.js';
import { temporaryFolder } from '../../generator/temporary-registry.ts';
import { check, compiled, CORPUS, IS_CLANG_14, V5_19, WITHOUT_CLANG } from './check-run.ts';

const CASES = readFileSync(join(CORPUS, 'cases.jsonl'), 'utf8').trimEnd().split('\n');
/** r0 = 0; exit */
const RETURNS_0 = 'b7000000000000009500000000000000';
const PASSES = JSON.stringify({ id: 'passes', prog_type: 'xdp', insns: RETURNS_0 });
/** exit */
const FAILS = JSON.stringify({ id: 'fails', prog_type: 'xdp', insns: '9500000000000000' });

function files(): string {
  return temporaryFolder({
    'passes.json': PASSES,
    'fails.json': FAILS,
    'mixed.jsonl': `${PASSES}\n${FAILS}\n`,
    'damaged.jsonl': [
      PASSES,
      '{"id": "torn", ',
      '{"id": "half", "prog_type": "xdp"}',
      '',
      JSON.stringify({ id: 'blob', prog_type: 'xdp', insns: RETURNS_0, btf: 'nowhere' }),
      FAILS,
    ].join('\n'),
    'broken.json': '{',
    'broken.o': '\u007fELF and no more',
    'text.o': 'hello\n',
    'nothing.o': '',
  });
}

describe('kfuncs check', () => {
  it('judges the programs of the corpus as v5.19 did, a line each, in their order', async () => {
    const some = CASES.filter((line, index) => index % 15 === 0 && line.includes('"v5.19"'));
    const folder = temporaryFolder({ 'some.jsonl': `${some.join('\n')}\n` });
    symlinkSync(join(CORPUS, 'btf'), join(folder, 'btf'));
    const { code, stdout } = await check(folder, join(folder, 'some.jsonl'), ...V5_19, '--format', 'jsonl');
    const got = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; verdict: string; errno?: number; insns_processed: number });
    const want = some.map((line) => {
      const { id, kernel } = JSON.parse(line) as {
        id: string;
        kernel: Record<string, { ok: boolean; errno: number }>;
      };
      return [id, kernel['v5.19']?.ok === true ? 'accept' : 'reject', kernel['v5.19']?.errno];
    });
    expect(code).toBe(1);
    expect(got.map(({ id, verdict, errno = 0 }) => [id, verdict, errno])).toEqual(want);
  });

  it('prints just the fields of the interface', async () => {
    const folder = files();
    const { stdout } = await check(folder, join(folder, 'mixed.jsonl'), ...V5_19, '--format', 'jsonl');
    const [accepted, rejected] = stdout.split('\n').map((line) => (line === '' ? {} : (JSON.parse(line) as object)));
    expect(accepted).toEqual({ id: 'passes', kernel: 'v5.19', verdict: 'accept', insns_processed: 2 });
    expect(rejected).toEqual({
      id: 'fails',
      kernel: 'v5.19',
      verdict: 'reject',
      errno: -13,
      rule: 'register/not-readable',
      insn: 0,
      message: expect.any(String) as string,
      insns_processed: 1,
    });
  });

  it('loses no line to one that is bad', async () => {
    const folder = files();
    const { code, stdout, stderr } = await check(folder, join(folder, 'damaged.jsonl'), ...V5_19);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    // What Node says of JSON differs from version to version.
    expect(stdout.replace(/unsupported .* in JSON .*/, 'unsupported …')).toMatchSnapshot();
  });

  it.each([
    ['an object with every program right', ['passes.json'], 0],
    ['a program that is rejected', ['fails.json'], 1],
    ['a file that is not there', ['passes.json', 'missing.o'], 2],
    ['a file that is no object', ['text.o', 'fails.json'], 2],
  ])('%s: exits as scripts expect', async (_title, names, status) => {
    const folder = files();
    const { code } = await check(folder, ...names.map((name) => join(folder, name)), ...V5_19);
    expect(code).toBe(status);
  });

  it.each([
    ['missing.o', 'there is no such file or folder'],
    ['broken.o', 'ELF: '],
    ['text.o', 'it is no BPF object'],
    ['nothing.o', 'it is no BPF object'],
    ['broken.json', 'in JSON'],
  ])('%s is told of, and the other files are judged', async (name, why) => {
    const folder = files();
    const paths = [name, 'passes.json'].map((each) => join(folder, each));
    const { code, stdout, stderr } = await check(folder, ...paths, ...V5_19);
    expect(code).toBe(2);
    expect(stdout).toContain('passes.json passes: accepted by v5.19');
    expect(stderr).toContain(`kfuncs: cannot read ${name}: `);
    expect(stderr).toContain(why);
  });

  it.each([
    ['no program', [], 'name programs'],
    ['no BTF', ['passes.json', '--kernel', 'v5.19'], 'the BTF of v5.19 is needed'],
    ['a kernel that there is not', ['passes.json', '--kernel', 'v5.91', ...V5_19.slice(2)], 'did you mean v5.19?'],
    ['BTF that is not there', ['passes.json', '--kernel', 'v5.19', '--btf', 'nowhere'], 'cannot read nowhere'],
    ['a shard that there is not', ['passes.json', ...V5_19, '--shard', '3/2'], '--shard 3/2'],
  ])('%s: says what is needed', async (_title, args, message) => {
    const folder = files();
    const { code, stdout, stderr } = await check(
      folder,
      ...args.map((word) => (word.endsWith('.json') ? join(folder, word) : word)),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('finds programs that stand behind options of several words', async () => {
    const folder = files();
    const { code } = await check(folder, ...V5_19.slice(2), '--kernel', 'v5.19', join(folder, 'passes.json'));
    expect(code).toBe(0);
  });

  it('claims nothing about kernels that are not modelled', async () => {
    const folder = files();
    const kernel = ['--kernel', 'v7.1', ...V5_19.slice(2), '--format', 'jsonl'];
    const { code, stdout } = await check(folder, join(folder, 'passes.json'), ...kernel);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'unsupported',
      message: expect.stringContaining('v7.1') as string,
    });
  });

  it('shows the walk where asked to', async () => {
    const folder = files();
    const { stdout } = await check(folder, join(folder, 'passes.json'), ...V5_19, '--trace');
    expect(stdout).toMatchSnapshot();
  });

  it('judges parts whose reports merge to the whole', async () => {
    const folder = temporaryFolder({ 'few.jsonl': `${PASSES}\n${FAILS}\n${PASSES}\n${FAILS}\n${FAILS}\n` });
    const program = join(folder, 'few.jsonl');
    const whole = await check(folder, program, ...V5_19, '--format', 'json');
    const parts: string[] = [];
    for (const shard of ['1/2', '2/2']) {
      parts.push((await check(folder, program, ...V5_19, '--format', 'json', '--shard', shard)).stdout);
    }
    const named = Object.fromEntries(parts.map((text, index) => [`${String(index)}.json`, text]));
    const reports = temporaryFolder(named);
    const paths = Object.keys(named).map((name) => join(reports, name));
    const merged = await check(folder, '--merge', ...paths, '--format', 'json');
    expect(parts.map((text) => (JSON.parse(text) as CheckReport).results.length)).toEqual([3, 2]);
    expect(merged).toEqual(whole);
    const one = await check(folder, '--merge', paths[0] ?? '', '--format', 'json');
    expect(one).toMatchObject({ code: 2, stderr: 'kfuncs: shard 2/2 is missing\n' });
    const twice = await check(folder, '--merge', paths[0] ?? '', paths[0] ?? '');
    expect(twice.stderr).toContain('are the same shard');
    const other = await check(folder, '--merge', join(files(), 'passes.json'));
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('it is no report') as string });
  });
});

describe.skipIf(WITHOUT_CLANG)('kfuncs check on objects as clang writes them', () => {
  let folder = '';
  beforeAll(() => {
    folder = temporaryFolder({
      'conn.bpf.o': compiled('conn.bpf.c'),
      'mistakes.bpf.o': compiled('mistakes.bpf.c'),
    });
  });

  it.runIf(IS_CLANG_14)('explains a leak in less than 25 lines', async () => {
    const { code, stdout } = await check(folder, join(folder, 'conn.bpf.o'), ...V5_19);
    expect(code).toBe(1);
    expect(stdout).toMatchSnapshot();
    expect(stdout.split('\n').length).toBeLessThan(25);
  });

  it.runIf(IS_CLANG_14)('explains mistakes with references', async () => {
    const { stdout } = await check(folder, join(folder, 'mistakes.bpf.o'), ...V5_19);
    expect(stdout).toMatchSnapshot();
  });

  it.runIf(IS_CLANG_14)('compares kernels in a matrix', async () => {
    const btf = V5_19.slice(2);
    const { stdout } = await check(folder, join(folder, 'mistakes.bpf.o'), '--kernel', 'v5.18', 'v5.19', ...btf);
    expect(stdout.split('\n\n')[0]).toMatchSnapshot();
  });

  it('says which module a kfunc is in that is not found', async () => {
    const path = join(folder, 'conn.bpf.o');
    const { code, stdout } = await check(folder, path, '--kernel', 'v5.19', '--btf', join(CORPUS, 'btf/maps.btf'));
    expect(code).toBe(1);
    expect(stdout).toContain('in v5.19 it is in the module nf_conntrack: give its BTF by --module-btf');
  });

  it('prints JSON as the schema has it', async () => {
    const paths = [join(folder, 'conn.bpf.o'), join(folder, 'mistakes.bpf.o')];
    const { stdout } = await check(folder, ...paths, ...V5_19, '--format', 'json');
    const report: unknown = JSON.parse(stdout);
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
    const { results } = report as CheckReport;
    const [leak] = results;
    expect(leak?.place?.source).toMatchObject({ file: 'conn.bpf.c', line: 40 });
    expect(leak?.related?.[0]?.place.source?.text.trim()).toMatch(/^ct = bpf_xdp_ct_lookup/);
    expect(leak?.path?.map(({ kind }) => kind)).toEqual(['not-taken', 'acquire', 'not-taken', 'taken']);
  });

  it('prints SARIF with rules, places in the source and the path as a flow', async () => {
    const { stdout } = await check(folder, join(folder, 'conn.bpf.o'), ...V5_19, '--format', 'sarif');
    const { version, runs } = JSON.parse(stdout) as { version: string; runs: [{ tool: object; results: object[] }] };
    expect(version).toBe('2.1.0');
    expect(runs[0].tool).toMatchObject({ driver: { name: 'kfuncs', rules: [{ id: 'ref/leak' }] } });
    const place = (startLine: number, startColumn: number): object => ({
      physicalLocation: { artifactLocation: { uri: 'conn.bpf.c' }, region: { startLine, startColumn } },
    });
    expect(runs[0].results).toMatchObject([
      {
        ruleId: 'ref/leak',
        ruleIndex: 0,
        level: 'error',
        locations: [place(40, 1)],
        relatedLocations: [place(33, 7)],
        codeFlows: [
          {
            threadFlows: [
              {
                locations: [
                  { location: place(29, 6) },
                  { location: place(33, 7) },
                  { location: place(34, 6) },
                  { location: place(36, 6) },
                  { location: place(40, 1) },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });
});
