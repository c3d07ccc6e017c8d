import type { Kernel } from '../../generated/types/kernel.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoadedHelpers } from '../helpers/load-helpers.ts';
import { ENTRY_RULES, HELPER_RULES } from './index.ts';

/** Runs the rules over what a registry says of helpers. */
export function runHelperRules({ read, files }: LoadedHelpers, kernels: readonly Kernel[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const isWhole = read.length === files.length && read.every((file) => file.isWhole);
  for (const rule of isWhole ? HELPER_RULES : ENTRY_RULES) {
    rule.run({ read, kernels }, (finding) => found.push(finding));
  }
  return found;
}
