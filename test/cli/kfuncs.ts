import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '../../dist/cli/kfuncs.js');

/** What a run of the program returned. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the surroundings say of colours is not what is tested. */
const withoutColour = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'NO_COLOR' && name !== 'FORCE_COLOR'),
);

/** Runs the program as it is built, in a folder. */
export function kfuncs(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...withoutColour, ...env },
    timeout: 60_000,
    maxBuffer: 1 << 26,
  });
  return { status, stdout, stderr };
}
