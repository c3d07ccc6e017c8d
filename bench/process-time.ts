import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { median } from './row.ts';

/** The command line as it was built. */
export const CLI = new URL('../cli/kfuncs.js', import.meta.url).pathname;

const RUNS = 11;

/** Seconds that a process takes; its output is dropped. */
export function seconds(command: string, args: readonly string[]): number {
  const nowhere = openSync(devNull, 'w');
  const start = process.hrtime.bigint();
  const { status } = spawnSync(command, args, { stdio: ['ignore', nowhere, nowhere] });
  const took = Number(process.hrtime.bigint() - start) / 1e9;
  closeSync(nowhere);
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} exited with ${String(status)}`);
  }
  return took;
}

/** Median of the ratios of two times, taken in turn: what slows the machine down for a while slows down both. */
export function ratioOf(one: () => number, other: () => number): number {
  return median(Array.from({ length: RUNS }, () => one() / other()));
}
