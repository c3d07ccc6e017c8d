import type { Kernel } from '../../generated/types/kernel.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Catalogue, RuleInfo } from '../diagnostics/rule.ts';
import type { ReadHelperFile } from '../helpers/load-helpers.ts';
import { finish, type Finding } from '../rules/rule.ts';

/** What is said of BPF helpers, all files of it, and the kernels it is said for. */
export interface HelperRegistry {
  readonly read: readonly ReadHelperFile[];
  /** Oldest first. */
  readonly kernels: readonly Kernel[];
}

/** A validation rule about helpers. */
export interface HelperRule<Messages extends Catalogue = Catalogue> extends RuleInfo<Messages> {
  readonly run: (registry: HelperRegistry, add: (finding: Diagnostic) => void) => void;
}

/** A rule as its file writes it. */
export interface HelperRuleDefinition<Messages extends Catalogue> extends RuleInfo<Messages> {
  readonly check: (context: HelperRuleContext<Messages>) => void;
}

/** What the body of a rule gets. */
export interface HelperRuleContext<Messages extends Catalogue> {
  readonly registry: HelperRegistry;
  readonly report: <Name extends keyof Messages & string>(finding: Finding<Messages, Name>) => void;
}

/** A rule whose texts are checked against their holes. */
export function defineHelperRule<const Messages extends Catalogue>(
  definition: HelperRuleDefinition<Messages>,
): HelperRule<Messages> {
  const { check, ...info } = definition;
  return {
    ...info,
    run: (registry, add) => {
      check({
        registry,
        report: (finding) => {
          add(finish(info, finding));
        },
      });
    },
  };
}
