import { exampleText } from '../../generator/diagnostics/example-text.ts';
import { nearest } from '../../generator/diagnostics/nearest.ts';
import type { RuleInfo } from '../../generator/diagnostics/rule.ts';
import { BTF_RULES } from '../../generator/btf-rules/index.ts';
import { HELPER_RULES } from '../../generator/helper-rules/index.ts';
import { ALL_RULES } from '../../generator/rules/index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { print, styleOf, type CommonOptions } from './output.ts';
import { textTable } from './text-table.ts';
import { UsageError } from './usage-error.ts';

const RULES: readonly RuleInfo[] = [...ALL_RULES, ...HELPER_RULES, ...BTF_RULES];

export interface RulesOptions extends CommonOptions {
  readonly format: 'pretty' | 'json';
}

/** `kfuncs rules`: all rules, a line each, or one with all it says. */
export function rulesCommand(id: string | undefined, options: RulesOptions): ExitCode {
  const rules = id === undefined ? RULES : [ruleNamed(id)];
  if (options.format === 'json') {
    print(`${JSON.stringify(id === undefined ? rules.map(ruleJson) : rules.map(ruleJson)[0], undefined, 2)}\n`);
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

function ruleNamed(id: string): RuleInfo {
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

function explained(rule: RuleInfo, bold: (text: string) => string): string {
  const errno = rule.errno === undefined ? '' : `\nThe kernel returns -${rule.errno}.`;
  return `${bold(rule.id)} (${rule.severity}): ${rule.title}

${rule.explanation}

Kernels: ${rule.kernels}.${errno}

${bold('Breaks it:')}
${example(rule.examples.bad)}
${bold('Keeps it:')}
${example(rule.examples.good)}`;
}

function example(text: string): string {
  return exampleText(text)
    .map((line) => `    ${line}\n`)
    .join('');
}

function ruleJson({ id, severity, title, explanation, kernels, errno, examples }: RuleInfo): object {
  return { id, severity, title, explanation, kernels, ...(errno === undefined ? {} : { errno }), examples };
}
