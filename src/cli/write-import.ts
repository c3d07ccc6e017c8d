import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Declaration } from '../../generated/types/declaration.ts';
import type { Imported } from '../../generated/types/imported.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import { findDeclarations } from '../../generator/declarations/find-files.ts';
import { IMPORTED } from '../../generator/declarations/read-source.ts';
import { mergeImport, type ExistingDeclaration } from '../../generator/importers/merge/merge-import.ts';
import { printProfile } from '../../generator/importers/profile/print-profile.ts';
import type { Problem } from '../../generator/importers/tree/problem.ts';
import type { TreeImport } from '../../generator/importers/tree/tree-model.ts';

/**
 * Merges what a tree says of a kernel into the declarations of a registry, and writes the kernel's profile where the
 * registry has profiles. Files that stay as they are are not touched.
 *
 * @returns what could not be merged, and how many declarations changed
 */
export function writeImport(
  registry: string,
  imported: TreeImport,
  version: string,
  kernels: readonly Kernel[],
): { readonly problems: readonly Problem[]; readonly changed: number } {
  const existing = findDeclarations(registry).map(readExisting);
  const { files, problems } = mergeImport(existing, imported, version, kernels);
  let changed = 0;
  for (const { path, source, text, importedText } of files) {
    const file = path ?? join(registry, 'kfuncs', source.replace(/\.[ch]$/, '.yaml'));
    const isChanged = replace(file, text);
    changed += isChanged ? 1 : 0;
    replace(beside(file), importedText);
  }
  const profile = kernels.find((kernel) => kernel.version === version);
  if (profile !== undefined && existsSync(join(registry, 'kernels'))) {
    replace(join(registry, 'kernels', `${version}.yaml`), printProfile(profile));
  }
  return { problems, changed };
}

function readExisting(path: string): ExistingDeclaration {
  const text = readFileSync(path, 'utf8');
  const imported = existsSync(beside(path)) ? readFileSync(beside(path), 'utf8') : undefined;
  return {
    path,
    text,
    declaration: parse(text) as Declaration,
    imported: imported === undefined ? undefined : (JSON.parse(imported) as Imported),
  };
}

function beside(declaration: string): string {
  return declaration.replace(/\.(ya?ml|json)$/, IMPORTED);
}

/** Writes, leaves or removes a file; tells whether that changed anything. */
function replace(path: string, text: string | undefined): boolean {
  const old = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (old === text) {
    return false;
  }
  if (text === undefined) {
    rmSync(path, { force: true });
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return true;
}
