import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { MARK } from '../../../generator/targets/mark.ts';
import type { OutputFile } from '../../../generator/targets/target.ts';

/** Files by path. */
export type Tree = Readonly<Record<string, string>>;

/** A new folder that holds some files; removed when the test ends. */
export function makeTree(files: Tree = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-output-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** All files below a folder; a folder that holds nothing as `path/`, with no content. */
export function readTree(folder: string, below = ''): Tree {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  if (entries.length === 0 && below !== '') {
    return { [`${below}/`]: '' };
  }
  return Object.assign(
    {},
    ...entries.map((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? readTree(folder, path) : { [path]: readFileSync(join(folder, path), 'utf8') };
    }),
  ) as Tree;
}

/** The text of a generated file. */
export function generated(text: string): string {
  return `// ${MARK} 0.1.0 from a test.\n${text}\n`;
}

/** What targets emitted. */
export function emitted(files: Tree): readonly OutputFile[] {
  return Object.entries(files).map(([path, content]) => ({ path, content }));
}
