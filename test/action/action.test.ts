import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitAll } from '../cli/git.ts';
import { kfuncs } from '../cli/kfuncs.ts';
import { temporaryFolder } from '../generator/temporary-registry.ts';
import { runAction, type ActionRun } from './run-action.ts';

const VALIDATE = 'Validate the registry';
const DIFF = 'Compare with the base';
const GENERATE = 'Check what is generated';
const INSTALL = 'Install kfuncs';
const FILE = 'registry/kfuncs/my_module.yaml';

/** A repository with a registry, as `kfuncs init` begins one, what it generates, and a change of its declaration. */
function repository(change: (text: string) => string, isGenerated = true): { folder: string; base: string } {
  const folder = join(temporaryFolder(), 'repository');
  kfuncs(temporaryFolder(), ['init', folder]);
  kfuncs(folder, ['generate', '--target', 'json']);
  commitAll(folder, 'base');
  const base = revision(folder);
  writeFileSync(join(folder, FILE), change(readFileSync(join(folder, FILE), 'utf8')));
  if (isGenerated) {
    kfuncs(folder, ['generate', '--target', 'json']);
  }
  commitAll(folder, 'change');
  return { folder, base };
}

function revision(folder: string, name = 'HEAD'): string {
  return execFileSync('git', ['rev-parse', name], { cwd: folder, encoding: 'utf8' }).trim();
}

const ADDED = '      - { name: my_module_peek, flags: [ret_null] }\ndtors:';
const addsOne = (text: string): string => text.replace('dtors:', ADDED);
const takesAway = (text: string): string => text.replace(/.*my_module_lookup.*\n/g, '');
const misspells = (text: string): string => text.replace('[release]', '[relaese]');

const run = (folder: string, inputs: Record<string, string> = {}, event: Record<string, string> = {}): ActionRun =>
  runAction(folder, { targets: 'json', ...inputs }, event);

interface Sarif {
  readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[];
}

const sarifOf = ({ outputs }: ActionRun): Sarif => JSON.parse(readFileSync(outputs['sarif'] ?? '', 'utf8')) as Sarif;

describe('the action, on a good change', () => {
  const { folder, base } = repository(addsOne);
  const result = run(folder, {}, { 'pull_request.base.sha': base });

  it('ends well, without annotations', () => {
    expect(result.statuses).toEqual({ [INSTALL]: 0, [VALIDATE]: 0, [DIFF]: 0, [GENERATE]: 0 });
    expect(result.annotations).toEqual([]);
  });

  it('has the difference for the summary, and nothing else', () => {
    expect(result.summary).toMatch(/^### kfuncs: [0-9a-f]{12} → registry\n\n\*\*0 breaking\*\*, 1 other change\.\n/);
    expect(result.summary).toContain('| `my_module_peek` |');
    expect(readFileSync(result.outputs['diff'] ?? '', 'utf8')).toBe(result.summary);
    expect(result.outputs['breaking']).toBe('false');
  });

  it('has SARIF without results', () => {
    expect(sarifOf(result).runs[0]?.results).toEqual([]);
  });
});

describe('the action, on a wrong flag', () => {
  const { folder, base } = repository(misspells, false);
  const result = run(folder, { base });

  it('fails, annotates the line, and compares nothing', () => {
    expect(result.statuses).toEqual({ [INSTALL]: 0, [VALIDATE]: 1 });
    expect(result.annotations).toEqual([
      `::error file=${FILE},line=10,endLine=10,col=44,endColumn=50,title=registry/unknown-flag::there is no flag \`relaese\`%0Adid you mean \`release\`?`,
    ]);
  });

  it('has the finding with its line for the summary and SARIF', () => {
    expect(result.summary).toContain('### kfuncs: the registry has findings\n\n<pre>\n');
    expect(result.summary).toContain(`${FILE}:10:44 error there is no flag \`relaese\``);
    expect(sarifOf(result).runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(['registry/unknown-flag']);
  });
});

describe('the action, on a breaking change', () => {
  const { folder, base } = repository(takesAway);

  it('warns, and shows it first', () => {
    const { statuses, annotations, summary, outputs } = run(folder, { base });
    expect(statuses).toEqual({ [INSTALL]: 0, [VALIDATE]: 0, [DIFF]: 0, [GENERATE]: 0 });
    expect(annotations).toEqual([expect.stringMatching(/^::warning title=kfuncs diff::programs that loaded before/)]);
    expect(summary).toContain('**1 breaking**, 0 other changes.\n\n#### Breaking\n\n| Name | Change | Kernels |\n');
    expect(outputs['breaking']).toBe('true');
  });

  it('fails if it is asked to, and checks what is generated even so', () => {
    const { statuses, annotations } = run(folder, { base, 'fail-on-breaking': 'true' });
    expect(statuses).toEqual({ [INSTALL]: 0, [VALIDATE]: 0, [DIFF]: 1, [GENERATE]: 0 });
    expect(annotations).toEqual([expect.stringMatching(/^::error title=kfuncs diff::/)]);
  });
});

describe('the action, on stale output', () => {
  const { folder } = repository(addsOne, false);

  it('fails, and names the files and the command', () => {
    const { statuses, annotations, summary } = run(folder);
    expect(statuses).toEqual({ [INSTALL]: 0, [VALIDATE]: 0, [DIFF]: 0, [GENERATE]: 1 });
    expect(annotations).toEqual([
      expect.stringMatching(
        /^::error title=kfuncs generate --check::\d+ files are stale; `kfuncs generate` makes them again$/,
      ),
    ]);
    expect(summary).toContain('changed  generated/json/v6.0.json:');
  });

  it('checks nothing where nothing generated is checked in', () => {
    expect(run(folder, { generated: '' }).statuses[GENERATE]).toBe(0);
  });
});

describe('the action, where the base is', () => {
  it('the commit that the head was merged into, which a shallow clone has to fetch', () => {
    const { folder, base } = repository(addsOne);
    const git = (...args: string[]): void => {
      const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.invalid'];
      execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
    };
    git('checkout', '-q', '-b', 'other', base);
    writeFileSync(join(folder, 'README'), 'newer than the event says');
    commitAll(folder, 'newer');
    const newer = revision(folder);
    git('merge', '-q', '--no-edit', '-');
    const clone = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${folder}`, clone]);
    const { statuses, summary } = run(clone, {}, { 'pull_request.base.sha': base });
    expect(statuses[DIFF]).toBe(0);
    expect(summary).toContain(`### kfuncs: ${newer.slice(0, 12)} → registry\n`);
    expect(summary).toContain('| `my_module_peek` |');
    const ofHead = runAction(folder, { targets: 'json' }, { 'pull_request.base.sha': base }, newer);
    expect(ofHead.summary).toContain(`### kfuncs: ${base.slice(0, 12)} → registry\n`);
  });

  it('what was there before a push', () => {
    const { folder, base } = repository(addsOne);
    expect(run(folder, {}, { before: base }).summary).toContain('| `my_module_peek` |');
    expect(run(folder, {}, { before: '0'.repeat(40) }).log).toContain('There is no base to compare with.');
  });

  it('a branch that is named', () => {
    const { folder } = repository(addsOne);
    const clone = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '-q', `file://${folder}`, clone]);
    execFileSync('git', ['branch', 'old', 'HEAD~1'], { cwd: folder });
    expect(run(clone, { base: 'old' }).summary).toContain('| `my_module_peek` |');
  });

  it('a commit that can not be had', () => {
    const { folder } = repository(addsOne);
    const { statuses, annotations } = run(folder, { base: 'a'.repeat(40) });
    expect(statuses[DIFF]).toBe(1);
    expect(annotations).toEqual([expect.stringContaining('give actions/checkout `fetch-depth: 0`')]);
  });

  it('from before there was a registry', () => {
    const folder = join(temporaryFolder({ 'repository/README': '' }), 'repository');
    commitAll(folder, 'before');
    mkdirSync(join(folder, 'sub'));
    kfuncs(folder, ['init', 'sub']);
    commitAll(folder, 'begins');
    const { statuses, summary } = run(folder, { registry: 'sub/registry', base: 'HEAD~1', generated: '' });
    expect(statuses).toEqual({ [INSTALL]: 0, [VALIDATE]: 0, [DIFF]: 0, [GENERATE]: 0 });
    expect(summary).toContain('**0 breaking**');
    expect(summary).toContain('| `my_module_lookup` |');
  });
});

describe('the action, on inputs that shells might take for more', () => {
  it.each([
    ['registry', '$(touch broken)'],
    ['registry', '"; touch broken; "'],
    ['registry', '--fix'],
    ['base', '--output=broken'],
    ['base', '$(touch broken)'],
    ['kernels', '; touch broken'],
    ['targets', '`touch broken`'],
    ['btf', "'; touch broken; '"],
    ['generated', '$(touch broken)'],
  ])('runs nothing of %s: %s', (name, value) => {
    const { folder } = repository(addsOne);
    const { statuses } = run(folder, { [name]: value });
    expect(Object.values(statuses).some((status) => status !== 0)).toBe(true);
    expect(execFileSync('git', ['status', '--short'], { cwd: folder, encoding: 'utf8' })).toBe('');
  });

  it('judges for the kernels and by the BTF that it is given, and takes folders with spaces', () => {
    const { folder, base } = repository((text) => text.replace('since: v6.0\n', ''));
    expect(run(folder, { base, generated: '' }).statuses[VALIDATE]).toBe(1);
    expect(run(folder, { base, generated: '', kernels: 'v6.0\n v6.1' }).statuses[VALIDATE]).toBe(0);
    const { log, statuses } = run(folder, { base, generated: '', btf: 'no such\nfile\n' });
    expect(statuses).toEqual({ [INSTALL]: 0, [VALIDATE]: 2 });
    expect(log).toContain('no such');
  });

  it('says what a file hides, without letting it into the summary', () => {
    const { folder } = repository((text) => text.replace('[release]', '["</pre><script>"]'), false);
    const { summary } = run(folder);
    expect(summary).toContain('&lt;/pre&gt;&lt;script&gt;');
    expect(summary).not.toContain('<script>');
  });
});
