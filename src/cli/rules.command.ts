import { exampleText } from '../../generator/diagnostics/example-text.ts';
import { nearest } from '../../generator/diagnostics/nearest.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { print, styleOf, type CommonOptions } from './output.ts';
import { errnoText, RULE_VIEWS as RULES, type RuleView } from './rule-views.ts';
import { textTable } from './text-table.ts';
import { UsageError } from './usage-error.ts';

export interface RulesOptions extends CommonOptions {
  readonly format: 'pretty' | 'json';
}

/** `kfuncs rules`: all rules, a line each, or one with all it says. */
export function rulesCommand(id: string | undefined, options: RulesOptions): ExitCode {
  const rules = id === undefined ? RULES : [ruleNamed(id)];
  if (options.format === 'json') {
    print(`${JSON.stringify(id === undefined ? rules : rules[0], undefined, 2)}\n`);
    return EXIT.ok;
  }
  const style = styleOf(options);
  print(
    id === undefined
      ? textTable(
          ['RULE', 'SEVERITY', 'WHAT MUST HOLD'],
          rules.map((rule) => [rule.id, rule.severity, rule.title]),
          style,
        )
      : rules.map((rule) => explained(rule, style.bold)).join('\n'),
  );
  return EXIT.ok;
}

function ruleNamed(id: string): RuleView {
  const found = RULES.find((rule) => rule.id === id || rule.id === `registry/${id}`);
  if (found === undefined) {
    const near = nearest(
      id,
      RULES.map((rule) => rule.id),
    );
    throw new UsageError(
      `there is no rule ${id}: ${near === undefined ? '`kfuncs rules` lists them' : `did you mean ${near}?`}`,
    );
  }
  return found;
}

function explained(rule: RuleView, bold: (text: string) => string): string {
  const errno = rule.errno === undefined ? '' : `\nThe kernel returns ${errnoText(rule.errno)}.`;
  const examples =
    rule.examples === undefined
      ? noExample(rule)
      : `
${bold('Breaks it:')}
${example(rule.examples.bad)}
${bold('Keeps it:')}
${example(rule.examples.good)}`;
  return `${bold(rule.id)} (${rule.severity}): ${rule.title}

${rule.explanation}

Kernels: ${rule.kernels}.${errno}
${examples}`;
}

function noExample({ noExample: why }: RuleView): string {
  return why === undefined ? '' : `\nThere is no example. ${why}\n`;
}

function example(text: string): string {
  return exampleText(text)
    .map((line) => `    ${line}\n`)
    .join('');
}
