import { toIfDirective } from '../c/config-expression-to-c.ts';
import { printConfigExpression, type ConfigExpression } from '../c/config-expression.ts';

/** A condition is said again behind its `#endif` as far as the line then fits an old terminal. */
const MAX_COLUMNS = 80;

/** The lines around what exists under a condition only. */
export interface Gate {
  /** `#ifdef CONFIG_X86`. */
  readonly open: string;
  /** `#endif /* CONFIG_X86 *\/`, for the end of more than a few lines. */
  readonly close: string;
}

/** Neighbours that exist under the same condition. */
export interface Group<T> {
  readonly gate: Gate | undefined;
  readonly items: readonly T[];
}

/** Something that exists under a condition; always, where the condition is undefined. */
export interface Conditional<T> {
  readonly condition: ConfigExpression | undefined;
  readonly item: T;
}

/** Members, and the condition under which there is any of them. */
export interface Members<T> {
  readonly condition: ConfigExpression | undefined;
  /** What the condition of all says already is not said again by each. */
  readonly members: readonly Conditional<T>[];
}

/** The lines for a condition. */
export function gateOf(condition: ConfigExpression | undefined): Gate | undefined {
  if (condition === undefined) {
    return undefined;
  }
  const close = `#endif /* ${printConfigExpression(condition)} */`;
  return { open: toIfDirective(condition), close: close.length <= MAX_COLUMNS ? close : '#endif' };
}

/**
 * Takes out of the members the condition under which there is any. What holds them stands under it: in a configuration
 * without members there is then no set, and nothing is registered.
 */
export function membersOf<T>(members: readonly Conditional<T>[]): Members<T> {
  const condition = anyCondition(members.map((member) => member.condition));
  return { condition, members: members.map((member) => without(member, condition)) };
}

/** The same thing inside a block that is under the given condition already. */
export function without<T>(conditional: Conditional<T>, outer: ConfigExpression | undefined): Conditional<T> {
  return isSame(conditional.condition, outer) ? { ...conditional, condition: undefined } : conditional;
}

/** Puts neighbours under the same condition into one group. */
export function groupsOf<T>(conditionals: readonly Conditional<T>[]): readonly Group<T>[] {
  const groups: { condition: ConfigExpression | undefined; items: T[] }[] = [];
  for (const { condition, item } of conditionals) {
    const last = groups.at(-1);
    if (last !== undefined && isSame(last.condition, condition)) {
      last.items.push(item);
    } else {
      groups.push({ condition, items: [item] });
    }
  }
  return groups.map(({ condition, items }) => ({ gate: gateOf(condition), items }));
}

/** The condition that at least one of the given makes; undefined where one always holds. */
function anyCondition(conditions: readonly (ConfigExpression | undefined)[]): ConfigExpression | undefined {
  const operands: ConfigExpression[] = [];
  for (const condition of conditions) {
    if (condition === undefined) {
      return undefined;
    }
    const alternatives = condition.kind === 'or' ? condition.operands : [condition];
    operands.push(...alternatives.filter((one) => !operands.some((operand) => isSame(operand, one))));
  }
  const [only, ...others] = operands;
  return others.length === 0 ? only : { kind: 'or', operands };
}

function isSame(a: ConfigExpression | undefined, b: ConfigExpression | undefined): boolean {
  return gateOf(a)?.open === gateOf(b)?.open;
}
