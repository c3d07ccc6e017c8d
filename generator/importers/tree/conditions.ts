import { printConfigExpression, type ConfigExpression } from '../../c/config-expression.ts';
import type { Condition } from '../c/condition.ts';
import type { Report } from './problem.ts';

/** Conditions that hold together, each as declarations spell it, by that spelling. */
export type Conjunction = ReadonlyMap<string, ConfigExpression>;

/**
 * Joins conditions; one that is none over the configuration is reported and taken as met. An alternative that others of
 * them decide already is left out.
 */
export function conjunction(conditions: readonly Condition[], report: Report): Conjunction {
  const result = new Map<string, ConfigExpression>();
  for (const condition of conditions) {
    if (condition.kind === 'unknown') {
      report(condition.line, `\`${condition.text}\` is no condition over the configuration; it is taken as met`);
      continue;
    }
    for (const each of conjunctsOf(condition.expression)) {
      result.set(printConfigExpression(each), each);
    }
  }
  return new Map([...result].filter(([text, each]) => each.kind !== 'or' || !isDecided(each.operands, text, result)));
}

/** Whether other conditions decide an alternative: one of its ways, or fewer of them. */
function isDecided(ways: readonly ConfigExpression[], text: string, conditions: Conjunction): boolean {
  const spelled = ways.map(printConfigExpression);
  const isMet = (way: ConfigExpression): boolean =>
    conjunctsOf(way).every((each) => conditions.has(printConfigExpression(each)));
  return (
    ways.some(isMet) ||
    [...conditions].some(
      ([other, each]) =>
        other !== text &&
        each.kind === 'or' &&
        each.operands.every((operand) => spelled.includes(printConfigExpression(operand))),
    )
  );
}

function conjunctsOf(expression: ConfigExpression): readonly ConfigExpression[] {
  return expression.kind === 'and' ? expression.operands : [expression];
}

/** What holds beyond the conditions of what is around it. */
export function without(conditions: Conjunction, outer: Conjunction): Conjunction {
  return new Map([...conditions].filter(([text]) => !outer.has(text)));
}

/** What all hold in common. */
export function common(all: readonly Conjunction[]): Conjunction {
  const [first = new Map<string, ConfigExpression>(), ...others] = all;
  return new Map([...first].filter(([text]) => others.every((each) => each.has(text))));
}

/** The conditions as one, as a declaration's `config` spells it; undefined where there are none. */
export function configOf(conditions: Conjunction): string | undefined {
  const operands = [...conditions.values()];
  const [only, ...others] = operands;
  if (only === undefined) {
    return undefined;
  }
  return printConfigExpression(others.length === 0 ? only : { kind: 'and', operands });
}
