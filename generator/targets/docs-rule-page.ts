import { exampleText } from '../diagnostics/example-text.ts';
import { INDEX_PATH, rulePath, type Catalog } from './docs-catalog.ts';
import { code, codeBlock, link, page, plainLine, section } from './docs-markdown.ts';
import type { RuleDocumentation } from './rule-documentation.ts';

/** The page of a rule. */
export function rulePage(rule: RuleDocumentation, catalog: Catalog): string {
  const errno = rule.errno === undefined ? '' : `- A kernel returns: ${code(`-${rule.errno}`)}\n`;
  return page(catalog.comment, code(rule.id), [
    link('All rules', rulePath(rule.id), INDEX_PATH),
    plainLine(rule.title),
    `- Severity: ${rule.severity}\n${errno}- Kernels: ${plainLine(rule.kernels)}`,
    rule.explanation.trim(),
    ...(rule.examples === undefined
      ? [rule.noExample === undefined ? '' : `There is no example. ${plainLine(rule.noExample)}`]
      : [
          section('Breaks the rule', codeBlock(exampleText(rule.examples.bad).join('\n'))),
          section('Keeps it', codeBlock(exampleText(rule.examples.good).join('\n'))),
        ]),
  ]);
}
