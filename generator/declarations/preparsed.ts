import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './package-files.ts';

/** Where the build puts what it read, by hash of the file. */
const PREPARSED = join(PACKAGE_ROOT, 'dist', 'preparsed.json');

let known: Readonly<Record<string, unknown>> | undefined;

/**
 * The data of a YAML file of the package that is as it was when the package was built: most runs read nothing else, and
 * reading YAML would be the greatest part of them. A file that changed has another hash, and is read as any other.
 */
export function preparsed(bytes: Uint8Array): unknown {
  known ??= readPreparsed();
  return known[createHash('sha256').update(bytes).digest('base64url')];
}

function readPreparsed(): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(PREPARSED, 'utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
