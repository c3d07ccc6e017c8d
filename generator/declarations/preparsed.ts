import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './package-files.ts';

/** Where the build puts what it knows of the registry's files (build/preparse-registry.mjs). */
const PREPARSED = join(PACKAGE_ROOT, 'dist', 'preparsed.json');

/** The schemas that files of a registry fit. */
export type SchemaName = 'declaration' | 'kernel' | 'imported' | 'context' | 'prog-type' | 'helper';

interface Preparsed {
  readonly yaml: Readonly<Record<string, { readonly fits: SchemaName; readonly data: unknown } | undefined>>;
  /** Hashes of imported JSON files that fit their schema. */
  readonly imported: readonly string[];
}

let known: Preparsed | undefined;

/**
 * The data of a YAML file of the package that is as it was when the package was built, and the schema that it fits: most
 * runs read nothing else, and reading YAML would be the greatest part of them. A file that changed has another hash, and
 * is read as any other.
 */
export function preparsed(bytes: Uint8Array): { readonly fits: SchemaName; readonly data: unknown } | undefined {
  known ??= readPreparsed();
  return known.yaml[hashOf(bytes)];
}

/** Whether imported JSON is as it was when the package was built, when it fitted its schema. */
export function isKnownImported(bytes: Uint8Array): boolean {
  known ??= readPreparsed();
  return known.imported.includes(hashOf(bytes));
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

function readPreparsed(): Preparsed {
  try {
    return JSON.parse(readFileSync(PREPARSED, 'utf8')) as Preparsed;
  } catch {
    return { yaml: {}, imported: [] };
  }
}
