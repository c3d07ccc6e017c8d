import type { Severity } from '../../generated/types/report.ts';

/** What the documentation says of a rule; what every rule says of itself is one. */
export interface RuleDocumentation {
  /** `registry/…`, `kfunc/…`: letters, digits and dashes, with slashes between them. */
  readonly id: string;
  readonly severity: Severity;
  /** One line: what must hold. Plain text; names in backquotes. */
  readonly title: string;
  /** Why. Markdown. */
  readonly explanation: string;
  /** For which kernels it holds, in words. */
  readonly kernels: string;
  /** Name of the errno that a kernel returns; missing where no kernel call fails. */
  readonly errno?: string;
  readonly examples?: { readonly bad: string; readonly good: string };
  /** Why there are no examples. */
  readonly noExample?: string;
}
