import type { Registry } from '../declarations/registry.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { REGISTRY_RULES } from './index.ts';

/** Runs the rules over a registry. A finding that several kernels share is one, and names them. */
export function runRules(registry: Registry): readonly Diagnostic[] {
  const order = registry.kernels.map(({ version }) => version);
  return mergeFindings(order, (add) => {
    for (const rule of REGISTRY_RULES) {
      rule.run?.(registry, add);
    }
  });
}

/**
 * Collects findings; those that differ in the kernel alone become one.
 *
 * @param order the names of all kernels, oldest first
 * @param collect is called once, and gives each finding to what it gets
 */
export function mergeFindings(
  order: readonly string[],
  collect: (add: (finding: Diagnostic) => void) => void,
): readonly Diagnostic[] {
  const merged = new Map<string, Diagnostic>();
  collect((finding) => {
    const { rule, message, file, range } = finding;
    const key = JSON.stringify([rule, message, file.name, range.start, range.end]);
    const known = merged.get(key);
    const kernels = new Set([...(known?.kernels ?? []), ...finding.kernels]);
    merged.set(key, { ...(known ?? finding), kernels: order.filter((version) => kernels.has(version)) });
  });
  return [...merged.values()];
}
