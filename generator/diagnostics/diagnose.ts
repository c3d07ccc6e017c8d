import { ERRNO } from '../../src/tables/errno.ts';
import type { Diagnostic, RelatedLocation, TextEdit } from './diagnostic.ts';
import { fill, type Catalogue, type RuleInfo, type Values } from './rule.ts';
import type { Range, SourceFile } from './source-file.ts';

/** What a finding says beyond its rule. */
export interface Details<Messages extends Catalogue, Name extends keyof Messages> {
  /** Which text of the rule. */
  readonly message: Name;
  readonly values: Values<Messages[Name]>;
  readonly file: SourceFile;
  readonly range: Range;
  readonly kernels?: readonly string[];
  readonly related?: readonly RelatedLocation[];
  readonly fix?: readonly TextEdit[];
}

/** Makes a finding of a rule; a forgotten or unknown value does not compile. */
export function diagnose<const Messages extends Catalogue, Name extends keyof Messages & string>(
  rule: RuleInfo<Messages>,
  details: Details<Messages, Name>,
): Diagnostic {
  const text: { message: string; suggestion?: string } | undefined = rule.messages[details.message];
  if (text === undefined) {
    throw new Error(`rule ${rule.id} has no text ${details.message}`);
  }
  return {
    rule: rule.id,
    severity: rule.severity,
    message: fill(text.message, details.values),
    suggestion: text.suggestion === undefined ? undefined : fill(text.suggestion, details.values),
    errno: rule.errno === undefined ? undefined : -ERRNO[rule.errno],
    file: details.file,
    range: details.range,
    kernels: details.kernels ?? [],
    related: details.related ?? [],
    fix: details.fix ?? [],
  };
}
