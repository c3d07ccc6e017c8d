import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfiles, loadRegistry } from '../../../generator/declarations/load.ts';
import { PACKAGE_ROOT } from '../../../generator/declarations/package-files.ts';
import { isKnownValid } from '../../../generator/declarations/preparsed.ts';
import type { SourceFile } from '../../../generator/diagnostics/source-file.ts';

const { files } = loadRegistry([join(PACKAGE_ROOT, 'registry')], loadProfiles());
const [first, ...others] = files;
if (first === undefined) throw new Error('the registry has no files');

/** The file with something else in it. */
function changed(file: SourceFile, change: Partial<Pick<SourceFile, 'name' | 'text'>>): SourceFile {
  const { name, text, locate, lineStarts } = file;
  return { name, text, locate, lineStarts, ...change };
}

describe('whether the rules need not run', () => {
  it('they need not for the registry as it was built, in whatever order it is read', () => {
    expect(isKnownValid(files)).toBe(true);
    expect(isKnownValid(files.toReversed())).toBe(true);
  });

  it.each([
    ['a file differs', [changed(first, { text: `${first.text}\n` }), ...others]],
    ['a file has another name', [changed(first, { name: `${first.name}.yaml` }), ...others]],
    ['a file is missing', others],
    ['a file came', [...files, changed(first, { name: join(PACKAGE_ROOT, 'registry/kfuncs/other.yaml') })]],
  ])('they must where %s', (_, given) => {
    expect(isKnownValid(given)).toBe(false);
  });
});
