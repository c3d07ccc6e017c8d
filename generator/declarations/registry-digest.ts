import { createHash } from 'node:crypto';
import { relative, resolve, sep } from 'node:path';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { PACKAGE_ROOT } from './package-files.ts';

/** What tells files from all others: their texts, and where they stand below the package. */
export function registryDigest(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  const named = files.map(
    ({ name, text }) => [relative(PACKAGE_ROOT, resolve(name)).split(sep).join('/'), text] as const,
  );
  for (const [name, text] of named.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\0${String(text.length)}\0${text}`);
  }
  return hash.digest('base64url');
}
