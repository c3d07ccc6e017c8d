import { malformedSuppression, unusedSuppression } from '../rules/suppression.rule.ts';
import { diagnose } from './diagnose.ts';
import type { Diagnostic } from './diagnostic.ts';
import { lineText, positionAt, type SourceFile } from './source-file.ts';

/** A comment that takes findings of a rule on a line back. */
interface Suppression {
  readonly rule: string;
  readonly file: SourceFile;
  /** The line that it speaks about. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** What is known of rules by their id. */
export interface SuppressibleRules {
  /** Whether the findings of a rule may be suppressed; undefined where there is no such rule. */
  readonly canSuppress: (rule: string) => boolean | undefined;
  /** Whether a rule did not run for all kernels: what suppresses it may do so in another run. */
  readonly isIdle: (rule: string) => boolean;
}

/** Behind a comment sign at the beginning of a line or after a space. */
const COMMENT = /(?<=^|\s)#\s*kfuncs-ignore\b[ \t]*([^\s:]*)[ \t]*(?::[ \t]*(.*))?$/;

/**
 * Takes back what comments `# kfuncs-ignore RULE: reason` suppress, and reports comments that are malformed or suppress
 * nothing. A comment behind an entry speaks of its line, one on a line of its own of the next that is no comment.
 */
export function suppress(
  findings: readonly Diagnostic[],
  files: readonly SourceFile[],
  rules: SuppressibleRules,
): readonly Diagnostic[] {
  const suppressions: Suppression[] = [];
  const malformed: Diagnostic[] = [];
  for (const file of files.filter(({ text }) => text.includes('kfuncs-ignore'))) {
    for (let line = 1; line <= file.lineStarts.length; line++) {
      const match = COMMENT.exec(lineText(file, line));
      if (match === null) {
        continue;
      }
      const [whole, rule = '', reason = ''] = match;
      const start = (file.lineStarts[line - 1] ?? 0) + match.index;
      const range = { start, end: start + whole.trimEnd().length };
      const isOwnLine = lineText(file, line).slice(0, match.index).trim() === '';
      const canSuppress = rules.canSuppress(rule);
      if (canSuppress !== true) {
        const message = canSuppress === undefined ? 'rule' : 'structure';
        malformed.push(diagnose(malformedSuppression, { message, values: { rule }, file, range }));
      } else if (reason.trim() === '') {
        malformed.push(diagnose(malformedSuppression, { message: 'reason', values: { rule }, file, range }));
      } else {
        suppressions.push({ rule, file, line: isOwnLine ? nextLine(file, line) : line, ...range });
      }
    }
  }
  const used = new Set<Suppression>();
  const left = findings.filter((finding) => {
    const { line } = positionAt(finding.file, finding.range.start);
    const by = suppressions.filter(
      (each) => each.file.name === finding.file.name && each.line === line && each.rule === finding.rule,
    );
    by.forEach((each) => used.add(each));
    return by.length === 0;
  });
  const unused = suppressions
    .filter((each) => !used.has(each) && !rules.isIdle(each.rule))
    .map(({ rule, file, start, end }) =>
      diagnose(unusedSuppression, { message: 'default', values: { rule }, file, range: { start, end } }),
    );
  return [...left, ...malformed, ...unused];
}

function nextLine(file: SourceFile, line: number): number {
  let next = line + 1;
  while (next < file.lineStarts.length && /^\s*(#|$)/.test(lineText(file, next))) {
    next++;
  }
  return next;
}
