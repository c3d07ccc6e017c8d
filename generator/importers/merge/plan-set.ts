import type { Flag, Hook, Kfunc, KfuncSet, ProgType } from '../../../generated/types/declaration.ts';
import type { KernelRange } from '../../declarations/kernel-range.ts';
import { canonical, type KfuncContent, type SetContent } from './content.ts';
import { given, planValues, rangeKeys, rangeOf } from './ranges.ts';
import { planSlots } from './slots.ts';

/** A list entry as it shall be, and its position in the list as it is; without one it is new. */
export interface Planned<T> {
  readonly from: number | undefined;
  readonly value: T;
}

export interface PlannedSet extends Planned<KfuncSet> {
  readonly kfuncs: readonly Planned<string | Kfunc>[];
}

/** Plans the sets of a source file. */
export function planSets(
  existing: readonly KfuncSet[],
  outer: KernelRange,
  versions: readonly string[],
  setsAt: (kernel: number) => readonly SetContent[],
): readonly PlannedSet[] {
  const standing = existing.map((set) => ({ key: setKey(set), range: rangeOf(set, outer, versions) }));
  return planSlots(standing, outer, (kernel) => setsAt(kernel).map(setKey)).map(({ key, from, range }) => {
    const setAt = (kernel: number): SetContent | undefined => setsAt(kernel).find((set) => setKey(set) === key);
    const old = from === undefined ? undefined : existing[from];
    const first = setAt(range.from);
    const hooks = planValues<'hook', Hook>(old?.hooks, 'hook', range, versions, (at) => setAt(at)?.hooks ?? []);
    const types = planValues<'prog_type', ProgType>(
      old?.prog_types,
      'prog_type',
      range,
      versions,
      (at) => setAt(at)?.progTypes ?? [],
    );
    const filters = planValues<'filter', string>(
      old?.filters,
      'filter',
      range,
      versions,
      (at) => setAt(at)?.filters ?? [],
    );
    const kfuncs = planKfuncs(old?.kfuncs ?? [], range, versions, (at) => setAt(at)?.kfuncs ?? []);
    const value: KfuncSet = {
      name: old?.name ?? first?.name ?? '',
      ...given('description', old?.description),
      ...(hooks.length > 0 || old?.hooks?.length === 0 ? { hooks } : {}),
      ...(types.length > 0 || old?.prog_types?.length === 0 ? { prog_types: types } : {}),
      ...(filters.length > 0 || old?.filters?.length === 0 ? { filters } : {}),
      ...rangeKeys(old ?? {}, range, outer, versions),
      ...given('config', old === undefined ? first?.config : old.config),
      kfuncs: kfuncs.map((each) => each.value),
    };
    return { from, value, kfuncs };
  });
}

function planKfuncs(
  existing: readonly (string | Kfunc)[],
  outer: KernelRange,
  versions: readonly string[],
  kfuncsAt: (kernel: number) => readonly KfuncContent[],
): readonly Planned<string | Kfunc>[] {
  const entries = existing.map((entry): Kfunc => (typeof entry === 'string' ? { name: entry } : entry));
  const standing = entries.map((entry) => ({
    key: kfuncKey({ ...entry, check: entry.check ?? true, config: canonical(entry.config) }),
    range: rangeOf(entry, outer, versions),
  }));
  return planSlots(standing, outer, (kernel) => kfuncsAt(kernel).map(kfuncKey)).map(({ key, from, range }) => {
    const kfuncAt = (kernel: number): KfuncContent | undefined =>
      kfuncsAt(kernel).find((each) => kfuncKey(each) === key);
    const first = kfuncAt(range.from);
    const old = from === undefined ? undefined : entries[from];
    const flags = planValues<'flag', Flag>(old?.flags, 'flag', range, versions, (at) => kfuncAt(at)?.flags ?? []);
    const check = old === undefined && first?.check === true ? undefined : (old ?? first)?.check;
    const value: Kfunc = {
      name: old?.name ?? first?.name ?? '',
      ...(flags.length > 0 || old?.flags?.length === 0 ? { flags } : {}),
      ...given('check', check),
      ...rangeKeys(old ?? {}, range, outer, versions),
      ...given('config', (old ?? first)?.config),
    };
    const wasObject = from !== undefined && typeof existing[from] !== 'string';
    return { from, value: Object.keys(value).length === 1 && !wasObject ? value.name : value };
  });
}

function setKey(set: { readonly name: string; readonly config?: string | undefined }): string {
  return JSON.stringify([set.name, canonical(set.config)]);
}

function kfuncKey({ name, check, config }: Pick<KfuncContent, 'name' | 'check' | 'config'>): string {
  return JSON.stringify([name, check, config]);
}
