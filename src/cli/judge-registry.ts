import type { LoadedRegistry } from '../../generator/declarations/load.ts';
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts';
import { formatPretty } from '../../generator/diagnostics/format/pretty.ts';
import { PLAIN } from '../../generator/diagnostics/format/style.ts';
import { validateRegistry } from '../../generator/rules/validate.ts';
import { styleOf, widthOf, type CommonOptions } from './output.ts';

/** Whether no rule finds an error in a registry; else its findings are printed. */
export function isValid(loaded: LoadedRegistry, options: CommonOptions & { readonly format?: string }): boolean {
  const diagnostics = validateRegistry(loaded);
  const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
  if (!diagnostics.some(isError)) {
    return true;
  }
  // Who asked for JSON reads it from standard output, and must not find words there.
  const isJson = options.format === 'json';
  const text = formatPretty(
    { diagnostics, files: loaded.declarations },
    isJson ? PLAIN : styleOf(options),
    widthOf(process.stdout),
  );
  (isJson ? process.stderr : process.stdout).write(text);
  return false;
}
