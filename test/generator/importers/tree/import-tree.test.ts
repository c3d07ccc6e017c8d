import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validate as validateDeclaration } from '../../../../generated/types/declaration.validate.js';
import { validate as validateImported } from '../../../../generated/types/imported.validate.js';
import type { Kernel } from '../../../../generated/types/kernel.ts';
import { mergeImport } from '../../../../generator/importers/merge/merge-import.ts';
import { importTree } from '../../../../generator/importers/tree/import-tree.ts';
import { openTree } from '../../../../generator/importers/tree/source-tree.ts';
import { parse } from 'yaml';
import { laterKernel, profile } from '../kernels.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');

/** Made-up trees, the kernel that each is of, and beside them what is to be read out of them. */
const TREES: readonly { readonly name: string; readonly kernel: Kernel }[] = [
  { name: 'five-sets', kernel: profile('v5.19') },
  { name: 'flagged', kernel: profile('v6.1') },
  { name: 'marked', kernel: laterKernel('v6.12') },
  { name: 'unresolved', kernel: profile('v6.1') },
];

/** The files that importing a tree gives, by path. */
function filesOf(name: string, kernel: Kernel): ReadonlyMap<string, string> {
  const read = importTree(openTree(join(FIXTURES, name, 'tree')), kernel);
  const { files } = mergeImport([], read, kernel.version, [kernel]);
  const result = new Map<string, string>();
  for (const { source, text, importedText } of files) {
    result.set(source.replace(/\.c$/, '.yaml'), text ?? '');
    result.set(source.replace(/\.c$/, '.imported.json'), importedText ?? '');
  }
  const problems = read.problems.map(({ file, line, reason }) => `${file}:${String(line)}: ${reason}\n`);
  return problems.length === 0 ? result : result.set('problems.txt', problems.join(''));
}

function expectedFiles(folder: string, prefix = ''): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      expectedFiles(join(folder, entry.name), `${path}/`).forEach((text, each) => result.set(each, text));
    } else {
      result.set(path, readFileSync(join(folder, entry.name), 'utf8'));
    }
  }
  return result;
}

describe.each(TREES)('the tree $name', ({ name, kernel }) => {
  const files = filesOf(name, kernel);
  const expected = expectedFiles(join(FIXTURES, name, 'expected'));

  it('has the files and problems that stand beside it', () => {
    expect([...files.keys()].sort()).toEqual([...expected.keys()].sort());
  });

  it.each([...expected.keys()])('gives %s', (path) => {
    expect(files.get(path)).toBe(expected.get(path));
  });

  it('gives what the schemas accept', () => {
    for (const [path, text] of files) {
      if (path.endsWith('.yaml')) {
        expect(validateDeclaration(parse(text)), path).toBe(true);
      } else if (path.endsWith('.json')) {
        expect(validateImported(JSON.parse(text)), path).toBe(true);
      }
    }
  });
});
