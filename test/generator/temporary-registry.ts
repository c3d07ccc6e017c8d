import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { loadProfiles, loadRegistry, type LoadedRegistry } from '../../generator/declarations/load.ts';
import { validateRegistry } from '../../generator/rules/validate.ts';
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts';

const made: string[] = [];

/** Milliseconds that removing them may take: a copy of the repository has thousands of files. */
const REMOVAL = 120_000;

afterAll(() => {
  made.forEach((folder) => {
    rmSync(folder, { recursive: true, force: true });
  });
}, REMOVAL);

/** A folder with the given files; removed when the test file is done. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-test-'));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Reads declarations as a registry of their own. */
export function load(
  files: Readonly<Record<string, string | Uint8Array>>,
  kernels?: readonly string[],
): LoadedRegistry {
  return loadRegistry([temporaryFolder(files)], loadProfiles(), kernels);
}

/** Every finding about declarations. */
export function findings(
  files: Readonly<Record<string, string | Uint8Array>> | string,
  kernels?: readonly string[],
): readonly Diagnostic[] {
  return validateRegistry(load(typeof files === 'string' ? { 'kfuncs/acme.yaml': files } : files, kernels));
}
