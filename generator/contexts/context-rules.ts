import type { ContextLayout } from '../../generated/types/context.ts';
import type { ProgTypeRules } from '../../generated/types/prog-type.ts';

/** What is known of contexts and program types, each sorted by name. */
export interface ContextRules {
  readonly layouts: readonly ContextLayout[];
  readonly progTypes: readonly ProgTypeRules[];
}
