import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../generator/temporary-registry.ts';
import { kfuncs } from './kfuncs.ts';

const CLI = join(import.meta.dirname, '../../dist/cli/kfuncs.js');
const IS_SCRIPT_THERE = spawnSync('script', ['--version']).status === 0;

const FAULTY = `source: drivers/acme/acme_bpf.c
owner: acme
sets:
  - name: acme_kfunc_set
    hooks: [xdp]
    kfuncs:
      - { name: acme_get_with_a_name_that_takes_the_greatest_part_of_a_narrow_terminal, flags: [relaese] }
`;

/** What a terminal of so many columns is given, with the signs that move its cursor. */
function onTerminal(folder: string, columns: number, args: readonly string[]): string {
  const command = `stty cols ${String(columns)}; ${[process.execPath, CLI, ...args].join(' ')}`;
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TERM: 'xterm', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return stdout;
}

describe('links', () => {
  const folder = temporaryFolder({ 'acme.yaml': FAULTY });

  it('lead to the file of a finding where a terminal has links', () => {
    const { stdout } = kfuncs(folder, ['validate', 'acme.yaml'], { FORCE_HYPERLINK: '1' });
    expect(stdout).toMatch(/\u001b\]8;;file:\/\/[^\u0007]+\/acme\.yaml\u0007acme\.yaml:7:\d+\u001b\]8;;\u0007 error /);
  });

  it('are not written to files and pipes', () => {
    expect(kfuncs(folder, ['validate', 'acme.yaml']).stdout).not.toContain('\u001b');
  });
});

describe.skipIf(!IS_SCRIPT_THERE)('on a terminal', () => {
  it.each([40, 60, 100])('a frame is no wider than %i columns, and shows what it is about', (columns) => {
    const folder = temporaryFolder({ 'acme.yaml': FAULTY });
    const lines = onTerminal(folder, columns, ['validate', 'acme.yaml']).split('\r\n');
    const at = lines.findIndex((line) => line.trimStart().startsWith('7 | '));
    const [line = '', carets = ''] = lines.slice(at, at + 2);
    expect(line.length).toBeLessThanOrEqual(columns);
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('relaese');
  });
});
