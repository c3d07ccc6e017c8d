import { intersect, type KernelRange } from '../../declarations/kernel-range.ts';
import { planSlots } from './slots.ts';

/** `since` and `until` of any entry. */
export interface RangeKeys {
  readonly since?: string;
  readonly until?: string;
}

/** The kernels of an entry within those of the entry around it, as generator/declarations/lower.ts has it. */
export function rangeOf(keys: RangeKeys, outer: KernelRange, versions: readonly string[]): KernelRange {
  const from = keys.since === undefined ? 0 : Math.max(versions.indexOf(keys.since), 0);
  const end = keys.until === undefined ? -1 : versions.indexOf(keys.until);
  return intersect({ from, to: end === -1 ? versions.length : end }, outer);
}

/**
 * `since` and `until` for a range.
 *
 * @param keys as they are: they stay where they say it
 */
export function rangeKeys(
  keys: RangeKeys,
  range: KernelRange,
  outer: KernelRange,
  versions: readonly string[],
): RangeKeys {
  const said = rangeOf(keys, outer, versions);
  if (said.from === range.from && said.to === range.to) {
    return { ...given('since', keys.since), ...given('until', keys.until) };
  }
  return {
    ...(range.from === outer.from ? {} : given('since', versions[range.from])),
    ...(range.to === outer.to ? {} : given('until', versions[range.to])),
  };
}

/** A value that may have a range: alone, or under its key in an object with one. */
export type MaybeRanged<K extends string, V extends string> = V | (RangeKeys & Readonly<Record<K, V>>);

/** Plans a list of values, such as flags or hooks, so that every kernel has those it shall have. */
export function planValues<K extends string, V extends string>(
  existing: readonly MaybeRanged<K, V>[] | undefined,
  key: K,
  outer: KernelRange,
  versions: readonly string[],
  valuesAt: (kernel: number) => readonly V[],
): MaybeRanged<K, V>[] {
  const entries = (existing ?? []).map((entry) =>
    typeof entry === 'string' ? { value: entry, keys: {} } : { value: entry[key], keys: entry },
  );
  const standing = entries.map(({ value, keys }) => ({ key: value, range: rangeOf(keys, outer, versions) }));
  return planSlots<V>(standing, outer, valuesAt).map(({ key: value, range, from }) => {
    const keys = rangeKeys(from === undefined ? {} : (entries[from]?.keys ?? {}), range, outer, versions);
    const isBare = keys.since === undefined && keys.until === undefined;
    return isBare ? value : { ...({ [key]: value } as Record<K, V>), ...keys };
  });
}

/** A property where there is a value, nothing else. */
export function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
