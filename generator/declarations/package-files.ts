import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package: where schemas, kernel profiles and the registry that comes with it stand. */
export const PACKAGE_ROOT = findPackageRoot();

/** The JSON Schemas of the package by file name, sorted. */
export function readSchemas(): ReadonlyMap<string, unknown> {
  const folder = join(PACKAGE_ROOT, 'schemas');
  const files = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
  return new Map(files.sort().map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown]));
}

/** The version of the package. */
export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** The nearest folder above this file with a package.json: it is bundled, so its depth differs from the source's. */
function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}
