import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MARK } from '../targets/mark.ts';
import type { OutputFile } from '../targets/target.ts';
import { OutputError, withPath } from './output-error.ts';
import { checkPaths, openFinder, type Finder } from './output-path.ts';

/** How an output folder differs from what was emitted. Paths are below the folder; all lists are sorted by path. */
export interface OutputComparison {
  readonly added: readonly OutputFile[];
  readonly changed: readonly OutputFile[];
  /** Generated files that are no longer emitted. */
  readonly removed: readonly string[];
}

/** The mark stands in the first bytes of a file. */
const MARK_WITHIN = 1024;

/**
 * Compares an output folder with what was emitted; changes nothing.
 *
 * @param outDir Need not exist.
 * @param folders The folders below `outDir` of the targets that ran: only there are files stale.
 * @throws OutputError where a file could not be written: in its place stands something that the generator did not make.
 */
export function compareOutput(
  outDir: string,
  files: readonly OutputFile[],
  folders: readonly string[],
): OutputComparison {
  checkPaths(files.map((file) => file.path));
  checkPaths(folders);
  checkFolder(outDir);
  const sorted = files.toSorted(byPath);
  const finder = openFinder(outDir);
  const added: OutputFile[] = [];
  const changed: OutputFile[] = [];
  for (const file of sorted) {
    const old = withPath(join(outDir, file.path), () => readOld(outDir, file.path, finder));
    if (old === undefined) {
      added.push(file);
    } else if (!old.equals(Buffer.from(file.content))) {
      if (!old.subarray(0, MARK_WITHIN).includes(MARK)) {
        throw foreignFile(outDir, file.path);
      }
      changed.push(file);
    }
  }
  const emitted = new Set(files.map((file) => file.path));
  const removed = folders.flatMap((folder) =>
    withPath(join(outDir, folder), () =>
      finder.find(folder) === 'folder' ? markedFiles(outDir, folder, emitted) : [],
    ),
  );
  return { added, changed, removed: removed.sort() };
}

/** Whether nothing differs. */
export function isSame({ added, changed, removed }: OutputComparison): boolean {
  return added.length + changed.length + removed.length === 0;
}

function checkFolder(outDir: string): void {
  const stat = withPath(outDir, () => statSync(outDir, { throwIfNoEntry: false }));
  if (stat !== undefined && !stat.isDirectory()) {
    throw new OutputError('not-a-folder', outDir, `${outDir} is a file, where the output folder has to be`);
  }
}

function readOld(outDir: string, path: string, finder: Finder): Buffer | undefined {
  const found = finder.find(path);
  if (found === 'folder') {
    throw new OutputError('foreign-file', path, `${join(outDir, path)} is a folder, where a generated file has to be`);
  }
  return found === 'missing' ? undefined : readFileSync(join(outDir, path));
}

function foreignFile(outDir: string, path: string): OutputError {
  const file = join(outDir, path);
  return new OutputError('foreign-file', path, `${file} was not generated and is not overwritten; move it away`);
}

/** Files that bear the mark and are not emitted. Links are left alone, and so is what stands behind them. */
function markedFiles(outDir: string, folder: string, emitted: ReadonlySet<string>): readonly string[] {
  return readdirSync(join(outDir, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return markedFiles(outDir, path, emitted);
    }
    return entry.isFile() && !emitted.has(path) && bearsMark(join(outDir, path)) ? [path] : [];
  });
}

function bearsMark(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(MARK_WITHIN);
    return head.subarray(0, readSync(descriptor, head, 0, MARK_WITHIN, 0)).includes(MARK);
  } finally {
    closeSync(descriptor);
  }
}

function byPath(a: OutputFile, b: OutputFile): number {
  return a.path < b.path ? -1 : 1;
}
