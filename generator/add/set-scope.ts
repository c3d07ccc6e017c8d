import type { KfuncSet } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import { includes, intersect, isEmpty, type KernelRange } from '../declarations/kernel-range.ts';
import { rangeOf, type RangeKeys } from '../importers/merge/ranges.ts';

/** A set of a declaration, and the kernels that it exists in. */
export interface SetScope {
  readonly index: number;
  readonly set: KfuncSet;
  readonly range: KernelRange;
}

/** The hooks that a set is registered for in any kernel of a range, by hook or by program type. */
export function hooksWithin({ set, range }: SetScope, wanted: KernelRange, kernels: readonly Kernel[]): Set<string> {
  const versions = kernels.map(({ version }) => version);
  const scope = intersect(range, wanted);
  const rangeOfItem = (item: string | RangeKeys): KernelRange =>
    typeof item === 'string' ? scope : rangeOf(item, scope, versions);
  const hooks = new Set<string>();
  for (const item of set.hooks ?? []) {
    if (!isEmpty(rangeOfItem(item))) {
      hooks.add(typeof item === 'string' ? item : item.hook);
    }
  }
  for (const item of set.prog_types ?? []) {
    const type = typeof item === 'string' ? item : item.prog_type;
    const held = kernels.filter((_, at) => includes(rangeOfItem(item), at));
    for (const kernel of held) {
      const hook = Object.entries(kernel.hooks).find(([, { prog_types }]) => prog_types.some((each) => each === type));
      hooks.add(hook?.[0] ?? type);
    }
  }
  return hooks;
}

/** A set in words, to choose it by: its name, hooks and kernels. */
export function describeSet(scope: SetScope, kernels: readonly Kernel[]): string {
  const { set, range } = scope;
  const version = (at: number): string => kernels[at]?.version ?? '';
  const from = range.from > 0 ? ` since ${version(range.from)}` : '';
  const to = range.to < kernels.length ? ` until ${version(range.to)}` : '';
  const hooks = [...hooksWithin(scope, range, kernels)];
  return `${set.name} (${hooks.length === 0 ? 'no hook' : hooks.join(', ')}${from}${to})`;
}
