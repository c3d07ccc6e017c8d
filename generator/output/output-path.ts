import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { OutputError } from './output-error.ts';

/** What the names of the generator's own files in an output folder begin with; targets emit no such names. */
export const OWN_PREFIX = '.kfuncs-';

/**
 * Checks that emitted paths stay below the output folder and do not meet each other.
 *
 * @throws OutputError `bad-path`.
 */
export function checkPaths(paths: readonly string[]): void {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    if (!isPlainPath(path)) {
      throw new OutputError(
        'bad-path',
        path,
        `a target emitted ${JSON.stringify(path)}, which is no plain relative path`,
      );
    }
    if (files.has(path)) {
      throw new OutputError('bad-path', path, `two targets emitted ${path}`);
    }
    files.add(path);
    foldersAbove(path).forEach((folder) => folders.add(folder));
  }
  const both = paths.find((path) => folders.has(path));
  if (both !== undefined) {
    throw new OutputError('bad-path', both, `targets emitted ${both} both as a file and as a folder`);
  }
}

/** Relative, with forward slashes, without `.` and `..`, and without what some system takes for a separator. */
export function isPlainPath(path: string): boolean {
  return path.split('/').every((part) => !/^\.{0,2}$|[\\:\p{Cc}]/u.test(part) && !part.startsWith(OWN_PREFIX));
}

/** The folders that a path leads through, outermost first. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** What stands at a path: `missing`, also where a folder on the way is. */
export type Found = 'missing' | 'file' | 'folder';

/** Tells what stands at paths below an output folder, and looks at each folder once. */
export interface Finder {
  /** @throws OutputError `link` or `not-a-folder` for what stands in the way of the path. */
  readonly find: (path: string) => Found;
}

/** A finder for one folder. Links are never followed: what they lead to may lie elsewhere. */
export function openFinder(root: string): Finder {
  const folders = new Map<string, Found>();
  const look = (path: string): Found => {
    const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (stat === undefined) {
      return 'missing';
    }
    if (stat.isSymbolicLink()) {
      throw new OutputError('link', path, `${join(root, path)} is a symbolic link; the output goes through none`);
    }
    return stat.isDirectory() ? 'folder' : 'file';
  };
  const find = (path: string): Found => {
    for (const folder of foldersAbove(path)) {
      const found = folders.get(folder) ?? look(folder);
      folders.set(folder, found);
      if (found === 'file') {
        throw new OutputError('not-a-folder', folder, `${join(root, folder)} is a file, where a folder has to be`);
      }
      if (found === 'missing') {
        return 'missing';
      }
    }
    return look(path);
  };
  return { find };
}
