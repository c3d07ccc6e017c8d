import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A registry out of git's history, in a folder that is to be removed after use. */
export interface CheckedOut {
  readonly folder: string;
  readonly remove: () => void;
}

/**
 * Checks the `registry` folder of a git revision out into a temporary folder, by an index of its own: the repository's
 * index and work tree are not touched.
 *
 * @returns undefined where there is no such revision, or no registry in it
 */
export function checkOutRegistry(revision: string): CheckedOut | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-diff-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const git = (...args: string[]): boolean => {
    const env = { ...process.env, GIT_INDEX_FILE: join(folder, 'index') };
    return spawnSync('git', args, { env, stdio: ['ignore', 'ignore', 'ignore'] }).status === 0;
  };
  const registry = join(folder, 'registry');
  mkdirSync(registry);
  // A revision that begins with a dash would be taken for an option.
  const isRead =
    !revision.startsWith('-') &&
    git('read-tree', `${revision}:registry`) &&
    git('checkout-index', '--all', `--prefix=${registry}/`);
  if (!isRead) {
    remove();
    return undefined;
  }
  return { folder: registry, remove };
}
