import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Catalogue, RuleInfo } from '../diagnostics/rule.ts';
import { finish, type Finding } from '../rules/rule.ts';
import type { JudgedKernel } from './judged-kernel.ts';

/** A validation rule that compares declarations with the BTF of a kernel. */
export interface BtfRule<Messages extends Catalogue = Catalogue> extends RuleInfo<Messages> {
  readonly run: (judged: JudgedKernel, add: (finding: Diagnostic) => void) => void;
}

/** A rule as its file writes it. What an example's kernel has stands in its comments `# BTF: …`. */
export interface BtfRuleDefinition<Messages extends Catalogue> extends RuleInfo<Messages> {
  readonly check: (context: BtfRuleContext<Messages>) => void;
}

/** What the body of a rule gets: one kernel. */
export interface BtfRuleContext<Messages extends Catalogue> {
  readonly judged: JudgedKernel;
  readonly report: <Name extends keyof Messages & string>(finding: Finding<Messages, Name>) => void;
}

/** A rule whose texts are checked against their holes. */
export function defineBtfRule<const Messages extends Catalogue>(
  definition: BtfRuleDefinition<Messages>,
): BtfRule<Messages> {
  const { check, ...info } = definition;
  return {
    ...info,
    run: (judged, add) => {
      check({
        judged,
        report: (finding) => {
          add(finish(info, { ...finding, kernels: [judged.model.kernel] }));
        },
      });
    },
  };
}
