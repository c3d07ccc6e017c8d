import { readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { displayName, IMPORTED } from './read-source.ts';
import { inputError, InputError } from './input-error.ts';

/** The folder of a registry that holds its declarations. */
const DECLARATIONS = 'kfuncs';

/** The folder of a registry that holds its BPF helpers. */
const HELPERS = 'helpers';

/** The declaration files of a registry, sorted by path. A folder without `kfuncs/` holds them itself. */
export function findDeclarations(registry: string): readonly string[] {
  const inner = join(registry, DECLARATIONS);
  const folder = statOf(inner)?.isDirectory() ? inner : registry;
  if (statOf(folder) === undefined) {
    throw new InputError(displayName(registry), 'there is no such folder');
  }
  return walk(folder, (name) => /\.(ya?ml|json)$/.test(name) && !name.endsWith(IMPORTED));
}

/** The files of a registry about BPF helpers, sorted by path; none where it has no `helpers/`. */
export function findHelperFiles(registry: string): readonly string[] {
  const folder = join(registry, HELPERS);
  const isFolder = (path: string): boolean => statOf(path)?.isDirectory() === true;
  return isFolder(registry) && isFolder(folder) ? walk(folder, (name) => /\.(ya?ml|json)$/.test(name)) : [];
}

/** The registry that a file about BPF helpers is of; undefined for any other file or folder. */
export function registryOfHelperFile(path: string): string | undefined {
  const folder = dirname(resolve(path));
  return basename(folder) === HELPERS && statOf(path)?.isFile() === true ? dirname(folder) : undefined;
}

/** The kernel profiles of the package, sorted by path. */
export function findProfiles(registry: string): readonly string[] {
  return findYaml(join(registry, 'kernels'));
}

/** The YAML files below a folder, sorted by path. */
export function findYaml(folder: string): readonly string[] {
  return walk(folder, (name) => name.endsWith('.yaml'));
}

/** Files below a folder; a folder that links lead to again is walked once. */
function walk(folder: string, wanted: (name: string) => boolean): readonly string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  const visit = (path: string): void => {
    try {
      const real = realPath(path);
      if (seen.has(real)) {
        return;
      }
      seen.add(real);
      for (const entry of readdirSync(path, { withFileTypes: true })) {
        const child = join(path, entry.name);
        const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && statOf(child)?.isDirectory() === true);
        if (isFolder && !entry.name.startsWith('.') && entry.name !== 'node_modules') {
          visit(child);
        } else if (!isFolder && wanted(entry.name)) {
          found.push(child);
        }
      }
    } catch (error) {
      throw error instanceof InputError ? error : inputError(displayName(path), error);
    }
  };
  visit(folder);
  return found.sort();
}

/**
 * What stands at a path; undefined where nothing does.
 *
 * @throws InputError where that can't be told
 */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw inputError(displayName(path), error);
  }
}

/** The path without links: two paths of one file have it in common. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw inputError(displayName(path), error);
  }
}
