import { mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OutputError, withPath } from './output-error.ts';
import { foldersAbove, openFinder } from './output-path.ts';
import type { StagedFile } from './staging.ts';

/** How to take back one step. */
type Undo = () => void;

/**
 * Moves staged files to their places and stale files away. If a step fails, those before it are taken back. It does
 * not wait for anything, so no signal handler runs in between.
 *
 * @param removed Paths of the stale files.
 * @throws OutputError `io`.
 */
export function moveFiles(
  root: string,
  staging: string,
  files: readonly StagedFile[],
  removed: readonly string[],
): void {
  const undo: Undo[] = [];
  try {
    makeFolders(root, files, undo);
    for (const { path, staged, backup } of files) {
      const target = join(root, path);
      withPath(target, () => renameSync(staged, target));
      undo.push(backup === undefined ? () => rmSync(target) : () => renameSync(backup, target));
    }
    for (const [index, path] of removed.entries()) {
      const target = join(root, path);
      const gone = join(staging, `${index}.gone`);
      withPath(target, () => renameSync(target, gone));
      undo.push(() => renameSync(gone, target));
    }
  } catch (error) {
    takeBack(undo, error);
  }
  removeEmptyFolders(root, removed);
}

function makeFolders(root: string, files: readonly StagedFile[], undo: Undo[]): void {
  const finder = openFinder(root);
  const folders = new Set(files.flatMap(({ path }) => foldersAbove(path)));
  for (const folder of folders) {
    const path = join(root, folder);
    if (withPath(path, () => finder.find(folder)) === 'missing') {
      withPath(path, () => mkdirSync(path));
      undo.push(() => rmdirSync(path));
    }
  }
}

/** Takes back all steps, the last first, and throws what made it necessary. */
function takeBack(undo: readonly Undo[], cause: unknown): never {
  let failed = 0;
  for (const step of undo.toReversed()) {
    try {
      step();
    } catch {
      failed++;
    }
  }
  if (failed > 0 && cause instanceof OutputError) {
    const message = `${cause.message}; ${failed} steps before it could not be taken back`;
    throw new OutputError(cause.code, cause.path, message, { cause });
  }
  throw cause;
}

/** Removes the folders that removals left empty, and those above them that held nothing else. */
function removeEmptyFolders(root: string, removed: readonly string[]): void {
  const folders = new Set(removed.flatMap((path) => foldersAbove(path)));
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      // rmdir(2) refuses a folder that still holds something.
    }
  }
}
