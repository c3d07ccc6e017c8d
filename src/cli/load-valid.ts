import { loadProfiles, loadRegistry, type LoadedRegistry } from '../../generator/declarations/load.ts';
import { validateRegistry } from '../../generator/rules/validate.ts';
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts';
import { formatPretty } from '../../generator/diagnostics/format/pretty.ts';
import { PLAIN } from '../../generator/diagnostics/format/style.ts';
import { styleOf, type CommonOptions } from './output.ts';
import { knownKernels, registryFolder } from './registry-paths.ts';

/**
 * The registry a command works on, if it is valid; else its errors are printed.
 *
 * @param kernelNames the kernels to look at; all where none is named
 * @throws InputError where a file of it can't be read
 */
export function loadValid(
  options: CommonOptions & { readonly format?: string },
  kernelNames: readonly string[] = [],
): LoadedRegistry | undefined {
  const profiles = loadProfiles();
  const kernels = knownKernels(kernelNames, profiles.kernels);
  const loaded = loadRegistry([registryFolder(options.registry)], profiles, kernels);
  const [unreadable] = loaded.unreadable;
  if (unreadable !== undefined) {
    throw unreadable;
  }
  const diagnostics = validateRegistry(loaded);
  const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
  if (!diagnostics.some(isError)) {
    return loaded;
  }
  // Who asked for JSON reads it from standard output, and must not find words there.
  const isJson = options.format === 'json';
  const text = formatPretty({ diagnostics, files: loaded.declarations }, isJson ? PLAIN : styleOf(options));
  (isJson ? process.stderr : process.stdout).write(text);
  return undefined;
}
