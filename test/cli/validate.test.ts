import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validate as isReport } from '../../generated/types/report.validate.js';
import { temporaryFolder } from '../generator/temporary-registry.ts';
import { kfuncs } from './kfuncs.ts';

/** One file with a mistake of each kind that people make. */
const BROKEN = `source: net/x.c
ownr: acme
owner: acme
since: 5.19
sets:
  - name: acme-set
    hooks: [xpd, tracing]
    kfuncs:
      - { name: acme get, flags: [aquire, sleepable], until: v5.18 }
      - acme_put
      - { name: acme_put, flags: release }
dtors:
  - { type: t }
`;

const GOOD = 'source: net/x.c\nowner: acme\n';

describe('kfuncs validate', () => {
  it('prints every finding with its line, the kernels, and what to do', () => {
    const { status, stdout, stderr } = kfuncs(temporaryFolder({ 'acme.yaml': BROKEN }), ['validate', 'acme.yaml']);
    expect(stdout).toMatchSnapshot();
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  it('prints a report that fits its schema', () => {
    const { status, stdout } = kfuncs(temporaryFolder({ 'acme.yaml': BROKEN }), [
      'validate',
      'acme.yaml',
      '--format',
      'json',
    ]);
    const report: unknown = JSON.parse(stdout);
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
    expect(report).toMatchObject({ summary: { files: 1 } });
    expect(status).toBe(1);
  });

  it('prints annotations that GitHub reads, one a finding, escaped', () => {
    const text = GOOD.replace('acme', '"a,b: 100%\\n::error::x"');
    const { stdout } = kfuncs(temporaryFolder({ 'a,b.yaml': text }), ['validate', 'a,b.yaml', '--format', 'github']);
    expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(1);
    expect(stdout).toMatch(
      /^::error file=a%2Cb\.yaml,line=2,endLine=2,col=8,endColumn=\d+,title=registry\/invalid-value::/,
    );
    expect(stdout).toContain('100%25%0A::error::x');
  });

  it.each([
    ['from the root', '.', 'sub/a,%b.yaml'],
    ['from a folder', 'sub', 'a,%b.yaml'],
  ])('names files by their path in the repository for GitHub and SARIF, %s', (_, from, path) => {
    const folder = temporaryFolder({ 'sub/a,%b.yaml': 'source: a\nowner: x\n' });
    const { runs } = JSON.parse(
      kfuncs(join(folder, from), ['validate', path, '--format', 'sarif'], { GITHUB_WORKSPACE: folder }).stdout,
    ) as { runs: { results: { locations: object[] }[] }[] };
    expect(runs[0]?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'sub/a%2C%25b.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1, startColumn: 9, endLine: 1, endColumn: 10 },
        },
      },
    ]);
    mkdirSync(join(folder, '.git'));
    expect(
      kfuncs(join(folder, from), ['validate', path, '--format', 'github'], { GITHUB_WORKSPACE: '' }).stdout,
    ).toMatch(/^::error file=sub\/a%2C%25b\.yaml,line=1,endLine=1,col=9,endColumn=9,title=registry\/invalid-value::/);
  });

  it('names files outside of the repository by their whole path', () => {
    const outside = join(temporaryFolder({ 'a.yaml': 'source: a\nowner: x\n' }), 'a.yaml');
    const folder = temporaryFolder();
    const env = { GITHUB_WORKSPACE: folder };
    expect(kfuncs(folder, ['validate', outside, '--format', 'github'], env).stdout).toContain(`file=${outside},`);
    expect(kfuncs(folder, ['validate', outside, '--format', 'sarif'], env).stdout).toContain(`"file://${outside}"`);
  });

  it('prints SARIF with a rule for each result', () => {
    const { stdout } = kfuncs(temporaryFolder({ 'acme.yaml': BROKEN }), ['validate', 'acme.yaml', '--format', 'sarif']);
    const log = JSON.parse(stdout) as {
      version: string;
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] }[];
    };
    const [run] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(run?.results.length).toBeGreaterThan(5);
    for (const result of run?.results ?? []) {
      expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    }
  });

  it('mends what is sure with --fix, and keeps comments and formatting', () => {
    const folder = temporaryFolder({
      'acme.yaml': `# mine\r\nsource:   net/x.c # here\r\nownr: acme\r\nsince: 5.19\r\nsets:\r\n  - { name: s, hooks: [xpd], kfuncs: [ a ,  b ] }\r\n`,
    });
    const { status, stdout } = kfuncs(folder, ['validate', '--fix', 'acme.yaml']);
    expect(readFileSync(join(folder, 'acme.yaml'), 'utf8')).toBe(
      '# mine\nsource:   net/x.c # here\nowner: acme\nsince: v5.19\nsets:\n  - { name: s, hooks: [xdp], kfuncs: [ a ,  b ] }\n',
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: '1 file read, nothing found\n' });
  });

  it.each([
    [
      'a block scalar',
      'acme.yaml',
      'source: a.c\nowner: a\nsets:\n  - name: s\n    hooks: |-\n      xdp\n    kfuncs: []\n',
    ],
    [
      'JSON',
      'acme.json',
      '{ "source": "a.c", "owner": "a", "since": 5.19, "sets": [{ "name": "s", "hooks": "xdp", "kfuncs": [] }] }\n',
    ],
    ['an alias', 'acme.yaml', 'source: a.c\nowner: a\ndescription: &v x\nsince: *v\n'],
    ['a key that is there', 'acme.yaml', 'source: a.c\nowner: a\nownr: b\n'],
    ['other numbers', 'acme.yaml', 'source: a.c\nowner: a\nsince: 6\nuntil: 0x6\n'],
  ])('leaves %s alone with --fix, where a fix would break it', (_, name, text) => {
    const folder = temporaryFolder({ [name]: text });
    expect(kfuncs(folder, ['validate', '--fix', name]).status).toBe(1);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });

  it('judges for the kernels asked for alone', () => {
    const text = `${GOOD}sets:\n  - { name: s, hooks: [tracing], kfuncs: [a] }\n`;
    const folder = temporaryFolder({ 'acme.yaml': text });
    expect(kfuncs(folder, ['validate', 'acme.yaml', '--kernel', 'v6.1', 'v5.19']).status).toBe(0);
    expect(kfuncs(folder, ['validate', 'acme.yaml', '--kernel', 'v5.18']).stdout).toContain(
      'in v5.18: the kernel returns -EINVAL',
    );
  });

  it('takes suppressions with a reason back out', () => {
    const text = `${GOOD}sets:\n  # kfuncs-ignore registry/set-without-hook: another file registers it\n  - { name: s, kfuncs: [a] }\n`;
    expect(kfuncs(temporaryFolder({ 'acme.yaml': text }), ['validate', 'acme.yaml']).status).toBe(0);
  });

  it('finds nothing in the registry that comes with the package for one kernel', () => {
    expect(kfuncs(temporaryFolder(), ['validate', '--kernel', 'v6.1']).status).toBe(0);
  });

  it('finds nothing in the registry that comes with the package', () => {
    const { status, stdout } = kfuncs(temporaryFolder(), ['validate']);
    expect(stdout).toMatch(/^\d\d files read, nothing found\n$/);
    expect(status).toBe(0);
  });

  it('colours only where asked to, or on a terminal', () => {
    const folder = temporaryFolder({ 'acme.yaml': BROKEN });
    const hasColour = (args: string[], env = {}): boolean =>
      kfuncs(folder, ['validate', 'acme.yaml', ...args], env).stdout.includes('\u001b[');
    expect(hasColour([])).toBe(false);
    expect(hasColour(['--color'])).toBe(true);
    expect(hasColour(['--no-color'])).toBe(false);
    expect(hasColour(['--color'], { NO_COLOR: '1' })).toBe(true);
  });

  it.each([
    [
      'a file that does not exist',
      ['validate', 'nowhere.yaml'],
      'kfuncs: cannot read nowhere.yaml: there is no such file or folder\n',
    ],
    ['a folder without declarations', ['validate', '.'], 'kfuncs: cannot read .: there are no declarations in it\n'],
    [
      'a registry that does not exist',
      ['validate', '--registry', 'nowhere'],
      'kfuncs: --registry nowhere: there is no such folder\n',
    ],
    [
      'a kernel that is not known',
      ['validate', '--kernel', 'v5.91'],
      'kfuncs: there is no kernel v5.91: did you mean v5.19?\n',
    ],
  ])('exits with 2 for %s', (_, args, stderr) => {
    expect(kfuncs(temporaryFolder(), args)).toMatchObject({ status: 2, stderr });
  });

  it('shows no control characters of a file', () => {
    const text = `${GOOD}"\\e[31mred\u0085": 1\n`;
    const { stdout } = kfuncs(temporaryFolder({ 'acme.yaml': text }), ['validate', 'acme.yaml']);
    expect(stdout).not.toContain('\u001b');
  });
});
