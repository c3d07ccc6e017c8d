import { loadProfiles, loadRegistry, type LoadedRegistry } from '../../generator/declarations/load.ts';
import { validateRegistry } from '../../generator/rules/validate.ts';
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts';
import { formatPretty } from '../../generator/diagnostics/format/pretty.ts';
import { print, styleOf, type CommonOptions } from './output.ts';
import { registryFolder } from './registry-paths.ts';

/**
 * The registry a command works on, if it is valid; else its errors are printed.
 *
 * @throws InputError where a file of it can't be read
 */
export function loadValid(options: CommonOptions): LoadedRegistry | undefined {
  const loaded = loadRegistry([registryFolder(options.registry)], loadProfiles());
  const [unreadable] = loaded.unreadable;
  if (unreadable !== undefined) {
    throw unreadable;
  }
  const diagnostics = validateRegistry(loaded);
  const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
  if (!diagnostics.some(isError)) {
    return loaded;
  }
  print(formatPretty({ diagnostics, files: loaded.declarations }, styleOf(options)));
  return undefined;
}
