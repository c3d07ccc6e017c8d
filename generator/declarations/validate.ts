import { BTF_RULES } from '../btf-rules/index.ts';
import { compareDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { suppress } from '../diagnostics/suppressions.ts';
import { REGISTRY_RULES } from '../rules/index.ts';
import { runRules } from '../rules/run.ts';
import type { LoadedRegistry } from './load.ts';

/**
 * Every finding about a registry that was read, in the order of reports.
 *
 * @param fromBtf findings of the BTF rules; undefined if they were not run
 */
export function validateRegistry(
  { registry, files, diagnostics }: LoadedRegistry,
  fromBtf?: readonly Diagnostic[],
): readonly Diagnostic[] {
  const rules = new Set([...REGISTRY_RULES, ...BTF_RULES].map(({ id }) => id));
  const idle = new Set(fromBtf === undefined ? BTF_RULES.map(({ id }) => id) : []);
  const all = [...diagnostics, ...runRules(registry), ...(fromBtf ?? [])];
  return suppress(all, files, rules, idle).toSorted(compareDiagnostics);
}
