import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '../..');

/** A step of a composite action. */
export interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;

/** What a run of the action leaves behind. */
export interface ActionRun {
  /** How each step ended, by name; those that did not run are missing. */
  readonly statuses: Readonly<Record<string, number | null>>;
  readonly log: string;
  readonly annotations: readonly string[];
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Runs the steps of action.yml as a runner does that has a shell alone: each script by bash with the options that GitHub
 * gives it, its environment filled in, its outputs read. Steps that use other actions are left out.
 *
 * @param event values of `github.event`, by path
 * @param sha the commit that the event is about: what is checked out, where it is not given
 */
export function runAction(
  workspace: string,
  inputs: Readonly<Record<string, string>> = {},
  event: Readonly<Record<string, string>> = {},
  sha = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: workspace, encoding: 'utf8' }).stdout.trim(),
): ActionRun {
  const temporary = mkdtempSync(join(workspace, '../kfuncs-runner-'));
  const defaults = Object.entries(ACTION.inputs).map(([name, input]) => [`inputs.${name}`, input.default] as const);
  const values = new Map<string, string>([
    ...defaults,
    ...Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value] as const),
    ...Object.entries(event).map(([name, value]) => [`github.event.${name}`, value] as const),
  ]);
  const statuses: Record<string, number | null> = {};
  let log = '';
  let summary = '';
  for (const [index, step] of ACTION.runs.steps.entries()) {
    const hasFailed = Object.values(statuses).some((status) => status !== 0);
    if (step.run === undefined || !mayRun(step.if, values, hasFailed)) {
      continue;
    }
    const file = (name: string): string => join(temporary, `${String(index)}-${name}`);
    writeFileSync(file('run.sh'), step.run);
    const env = Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text, values)]);
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file('run.sh')], {
      cwd: workspace,
      encoding: 'utf8',
      env: {
        ...process.env,
        GITHUB_ACTION_PATH: ROOT,
        GITHUB_WORKSPACE: workspace,
        GITHUB_SHA: sha,
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
        RUNNER_TEMP: temporary,
        ...(Object.fromEntries(env) as Record<string, string>),
      },
    });
    statuses[step.name] = status;
    log += `${stdout}${stderr}`;
    summary += textOf(file('summary'));
    for (const [, name = '', value = ''] of textOf(file('output')).matchAll(/^(\w+)=(.*)$/gm)) {
      values.set(`steps.${step.id ?? ''}.outputs.${name}`, value);
    }
  }
  const annotations = log.split('\n').filter((line) => line.startsWith('::'));
  const outputs = Object.entries(ACTION.outputs).map(([name, { value }]) => [name, filled(value, values)]);
  return { statuses, log, annotations, summary, outputs: Object.fromEntries(outputs) as Record<string, string> };
}

/** Contexts filled in; what is not there is empty, as GitHub has it. */
function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, path: string) => values.get(path) ?? '');
}

/** The conditions of action.yml: comparisons with a text, joined by &&; a failure before ends what does not ask for it. */
function mayRun(condition: string | undefined, values: ReadonlyMap<string, string>, hasFailed: boolean): boolean {
  const parts = (condition ?? '').replace(/^\$\{\{ | \}\}$/g, '').split(' && ');
  if (hasFailed && !parts.includes('!cancelled()')) {
    return false;
  }
  return parts.every((part) => {
    const [, path = '', operator, text] = /^([\w.-]+) ([=!]=) '(.*)'$/.exec(part) ?? [];
    if (operator === undefined && part !== '!cancelled()' && part !== '') {
      throw new Error(`a condition that this runner does not know: ${part}`);
    }
    return operator === undefined || ((values.get(path) ?? '') === text) === (operator === '==');
  });
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
