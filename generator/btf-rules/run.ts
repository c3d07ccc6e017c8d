import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { mergeFindings } from '../rules/run.ts';
import { BTF_RULES } from './index.ts';
import type { JudgedKernel } from './judged-kernel.ts';

/**
 * Compares declarations with the BTF of kernels. A finding that several kernels share is one, and names them.
 *
 * @param order the names of all kernels, oldest first
 */
export function runBtfRules(kernels: readonly JudgedKernel[], order: readonly string[]): readonly Diagnostic[] {
  return mergeFindings(order, (add) => {
    for (const judged of kernels) {
      for (const rule of BTF_RULES) {
        rule.run(judged, add);
      }
    }
  });
}
