import type { Registry } from '../declarations/registry.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { REGISTRY_RULES } from './index.ts';

/** Runs the rules over a registry. A finding that several kernels share is one, and names them. */
export function runRules(registry: Registry): readonly Diagnostic[] {
  const order = registry.kernels.map(({ version }) => version);
  const merged = new Map<string, Diagnostic>();
  const add = (finding: Diagnostic): void => {
    const { rule, message, file, range } = finding;
    const key = JSON.stringify([rule, message, file.name, range.start, range.end]);
    const known = merged.get(key);
    const kernels = new Set([...(known?.kernels ?? []), ...finding.kernels]);
    merged.set(key, { ...(known ?? finding), kernels: order.filter((version) => kernels.has(version)) });
  };
  for (const rule of REGISTRY_RULES) {
    rule.run?.(registry, add);
  }
  return [...merged.values()];
}
