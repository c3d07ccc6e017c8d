import { compareDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { suppress } from '../diagnostics/suppressions.ts';
import { REGISTRY_RULES } from './index.ts';
import { runRules } from './run.ts';
import type { LoadedRegistry } from '../declarations/load.ts';

/** Every finding about a registry that was read, in the order of reports. */
export function validateRegistry({ registry, files, diagnostics }: LoadedRegistry): readonly Diagnostic[] {
  const rules = new Set(REGISTRY_RULES.map(({ id }) => id));
  return suppress([...diagnostics, ...runRules(registry)], files, rules).toSorted(compareDiagnostics);
}
