import { BTF_RULES } from '../../generator/btf-rules/index.ts';
import type { RuleInfo } from '../../generator/diagnostics/rule.ts';
import { HELPER_RULES } from '../../generator/helper-rules/index.ts';
import { ALL_RULES } from '../../generator/rules/index.ts';
import type { RuleDocumentation } from '../../generator/targets/rule-documentation.ts';
import { exampleText } from '../verifier/rules/examples/example-text.ts';
import type { VersionRange } from '../verifier/kernel/version.ts';
import { VERIFIER_RULES } from '../verifier/rules/index.ts';
import type { VerifierRule } from '../verifier/rules/rule.ts';

/** What is shown of a rule, of the registry or of the verifier. */
export interface RuleView {
  readonly id: string;
  readonly severity: RuleInfo['severity'];
  readonly title: string;
  /** Markdown. */
  readonly explanation: string;
  /** In words. */
  readonly kernels: string;
  /** Its name, where a kernel call fails; a list where it changed. */
  readonly errno?: VerifierRule['errno'];
  readonly examples?: RuleInfo['examples'];
  /** Why there are no examples. */
  readonly noExample?: string;
}

/** All rules: those of declarations, then those of programs. */
export const RULE_VIEWS: readonly RuleView[] = [
  ...[...ALL_RULES, ...HELPER_RULES, ...BTF_RULES].map(registryRule),
  ...VERIFIER_RULES.map(verifierRule),
];

/** What the page of a rule is made of. */
export function documentationOf({ errno, ...rule }: RuleView): RuleDocumentation {
  return errno === undefined ? rule : { ...rule, errno: errnoText(errno).slice(1) };
}

/** What a kernel returns where a rule is broken, in words. */
export function errnoText(errno: VerifierRule['errno']): string {
  if (typeof errno === 'string') return `-${errno}`;
  return errno.map((each) => `-${each.errno}${(each.since ?? each.until) ? ` (${rangeText(each)})` : ''}`).join(', ');
}

function registryRule({ id, severity, title, explanation, kernels, errno, examples }: RuleInfo): RuleView {
  return { id, severity, title, explanation, kernels, ...(errno === undefined ? {} : { errno }), examples };
}

function verifierRule(rule: VerifierRule): RuleView {
  const { id, title, explanation, kernels = {}, errno, examples, noExample } = rule;
  return {
    id,
    severity: 'error',
    title,
    explanation,
    kernels: rangeText(kernels),
    errno,
    ...(examples === undefined
      ? {}
      : { examples: { bad: exampleText(examples.bad), good: exampleText(examples.good) } }),
    ...(noExample === undefined ? {} : { noExample }),
  };
}

function rangeText({ since, until }: VersionRange): string {
  if (since === undefined) return until === undefined ? 'all' : `before ${until}`;
  return until === undefined ? `${since} and later` : `from ${since} on, before ${until}`;
}
