import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';

/** A registry out of git's history, or why there is none. */
export type CheckedOut =
  | {
      readonly kind: 'checked-out';
      readonly folder: string;
      /** Removes the folder, which is a temporary one. */
      readonly remove: () => void;
    }
  | { readonly kind: 'no-repository' | 'no-revision' | 'shallow' }
  /** The revision is there, the folder in it is not. */
  | { readonly kind: 'no-registry'; readonly path: string };

/**
 * Checks the registry of a git revision out into a temporary folder, by an index of its own: the repository's index and
 * work tree are not touched.
 *
 * @param registry absolute path of the registry in the work tree, where it need not be any more
 */
export function checkOutRegistry(revision: string, registry: string): CheckedOut {
  const { there, rest } = existingPart(registry);
  const top = git(there, ['rev-parse', '--show-toplevel']);
  if (top === undefined) {
    return { kind: 'no-repository' };
  }
  const path = relative(realpathSync(top), join(there, rest)).split(sep).join('/');
  // A revision that begins with a dash would be taken for an option.
  const commit = revision.startsWith('-')
    ? undefined
    : git(top, ['rev-parse', '--verify', '--quiet', `${revision}^{tree}`]);
  if (commit === undefined) {
    const isShallow = git(top, ['rev-parse', '--is-shallow-repository']) === 'true';
    return { kind: isShallow ? 'shallow' : 'no-revision' };
  }
  const tree = git(top, ['rev-parse', '--verify', '--quiet', `${commit}:${path}`]);
  return tree === undefined ? { kind: 'no-registry', path } : checkOut(top, tree);
}

function checkOut(top: string, tree: string): CheckedOut {
  const temporary = mkdtempSync(join(tmpdir(), 'kfuncs-diff-'));
  const remove = (): void => {
    rmSync(temporary, { recursive: true, force: true });
  };
  const folder = join(temporary, 'registry');
  mkdirSync(folder);
  const env = { GIT_INDEX_FILE: join(temporary, 'index') };
  const isRead =
    git(top, ['read-tree', tree], env) !== undefined &&
    git(top, ['checkout-index', '--all', `--prefix=${folder}/`], env) !== undefined;
  if (!isRead) {
    remove();
    return { kind: 'no-registry', path: tree };
  }
  return { kind: 'checked-out', folder, remove };
}

/** What git prints; undefined where it fails. */
function git(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string | undefined {
  const { status, stdout } = spawnSync('git', args, {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trimEnd() : undefined;
}

/** The folder on the way to a path that is there, without links, and the way from it on. */
function existingPart(path: string): { readonly there: string; readonly rest: string } {
  let there = path;
  while (!existsSync(there)) {
    there = dirname(there);
  }
  return { there: realpathSync(there), rest: relative(there, path) };
}
