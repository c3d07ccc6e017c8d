import { loadProfiles, loadRegistry, type LoadedRegistry } from '../../generator/declarations/load.ts';
import { isKnownValid } from '../../generator/declarations/preparsed.ts';
import type { CommonOptions } from './output.ts';
import { knownKernels, registryFolder } from './registry-paths.ts';

/**
 * The registry a command works on, if it is valid; else its errors are printed. The rules run if it is not the package's own,
 * or was changed since that was built.
 *
 * @param kernelNames the kernels to look at; all where none is named
 * @throws InputError where a file of it can't be read
 */
export async function loadValid(
  options: CommonOptions & { readonly format?: string },
  kernelNames: readonly string[] = [],
): Promise<LoadedRegistry | undefined> {
  const profiles = loadProfiles();
  const kernels = knownKernels(kernelNames, profiles.kernels);
  const loaded = loadRegistry([registryFolder(options.registry)], profiles, kernels);
  const [unreadable] = loaded.unreadable;
  if (unreadable !== undefined) {
    throw unreadable;
  }
  if (isKnownValid(loaded.files)) {
    return loaded;
  }
  const { isValid } = await import('./judge-registry.ts');
  return isValid(loaded, options) ? loaded : undefined;
}
