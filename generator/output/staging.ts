import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputComparison } from './compare-output.ts';
import { eventLoopTurn } from './held-signals.ts';
import { withPath } from './output-error.ts';
import { OWN_PREFIX } from './output-path.ts';

const STAGING_PREFIX = `${OWN_PREFIX}staging-`;

/** Files written between two looks at the signals. */
const FILES_A_TURN = 16;

/** A file that stands in the staging folder, to be moved to its place. */
export interface StagedFile {
  /** Path below the output folder. */
  readonly path: string;
  readonly staged: string;
  /** A copy of the file that it replaces. */
  readonly backup: string | undefined;
}

/** Makes the staging folder of this process: below the output folder, so that a move is a rename. */
export function makeStaging(root: string): string {
  const staging = join(root, STAGING_PREFIX + String(process.pid));
  withPath(root, () => mkdirSync(staging));
  return staging;
}

/** Removes the staging folders that processes left behind which were killed. */
export function removeLeftovers(root: string): void {
  for (const name of readdirSync(root)) {
    const pid = name.startsWith(STAGING_PREFIX) ? Number(name.slice(STAGING_PREFIX.length)) : undefined;
    if (pid !== undefined && (pid === process.pid || !isAlive(pid))) {
      removeStaging(join(root, name));
    }
  }
}

/** Removes a staging folder with all that is left in it. */
export function removeStaging(staging: string): void {
  rmSync(staging, { recursive: true, force: true });
}

/**
 * Writes what is to be moved, and copies what it replaces, so that the moves need no space.
 *
 * @param checkpoint Called between files; ends the work by throwing.
 */
export async function stage(
  root: string,
  staging: string,
  { added, changed }: OutputComparison,
  checkpoint: () => void,
): Promise<readonly StagedFile[]> {
  const staged: StagedFile[] = [];
  for (const file of [...added, ...changed]) {
    const number = staged.length;
    if (number % FILES_A_TURN === 0) {
      await eventLoopTurn();
      checkpoint();
    }
    const target = join(root, file.path);
    const replaces = number >= added.length;
    const name = join(staging, String(number));
    const backup = replaces ? `${name}.old` : undefined;
    withPath(target, () => {
      writeFileSync(name, file.content, { flag: 'wx' });
      if (backup !== undefined) {
        copyFileSync(target, backup);
      }
    });
    staged.push({ path: file.path, staged: name, backup });
  }
  await eventLoopTurn();
  checkpoint();
  return staged;
}

/** Signal 0 is never sent: it tells whether there is such a process (kill(2)). */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) {
    return false;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
