import { compareDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { suppress } from '../diagnostics/suppressions.ts';
import { ALL_RULES, MEANING_RULES } from './index.ts';
import { runRules } from './run.ts';
import type { LoadedRegistry } from '../declarations/load.ts';

/** Every finding about a registry that was read, in the order of reports. */
export function validateRegistry({ registry, files, diagnostics }: LoadedRegistry): readonly Diagnostic[] {
  const rules = new Map(ALL_RULES.map((rule) => [rule.id, MEANING_RULES.includes(rule)]));
  const isComplete = registry.model.kernels.length === registry.kernels.length;
  return suppress([...diagnostics, ...runRules(registry)], files, rules, isComplete).toSorted(compareDiagnostics);
}
