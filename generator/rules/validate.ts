import { isBtfRule } from '../btf-rules/rule-id.ts';
import type { LoadedRegistry } from '../declarations/load.ts';
import { compareDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RuleInfo } from '../diagnostics/rule.ts';
import { HELPER_RULES } from '../helper-rules/index.ts';
import { runHelperRules } from '../helper-rules/run.ts';
import { suppress } from '../diagnostics/suppressions.ts';
import { ALL_RULES, MEANING_RULES } from './index.ts';
import { runRules } from './run.ts';

/**
 * Every finding about a registry that was read, in the order of reports.
 *
 * @param fromBtf findings of the BTF rules; undefined if they were not run
 */
export function validateRegistry(
  { registry, helpers, files, diagnostics }: LoadedRegistry,
  fromBtf?: readonly Diagnostic[],
): readonly Diagnostic[] {
  // Of kernels that were not judged nothing is known: a suppression may be for one of them.
  const isComplete = registry.model.kernels.length === registry.kernels.length;
  const suppressible: readonly RuleInfo[] = MEANING_RULES;
  const rules = new Map([...ALL_RULES, ...HELPER_RULES].map((rule) => [rule.id, suppressible.includes(rule)]));
  const all = [...diagnostics, ...runRules(registry), ...runHelperRules(helpers, registry.kernels), ...(fromBtf ?? [])];
  return suppress(all, files, {
    canSuppress: (rule) => (isBtfRule(rule) ? true : rules.get(rule)),
    // Those whose BTF is given are never all: a suppression of what it tells may be for another.
    isIdle: (rule) => !isComplete || isBtfRule(rule),
  }).toSorted(compareDiagnostics);
}
