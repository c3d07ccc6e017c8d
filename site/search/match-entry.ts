import type { Catalog } from '../data/catalog.ts';
import type { EntryData, KfuncData, Ranges } from '../data/explorer-data.ts';
import { positionsOf, rangesOf } from '../data/ranges.ts';
import type { Filter, FilterKey } from './query.ts';

/**
 * The kernels in which a registration of a kfunc is one that a filter asks for. Beginnings are enough, as long as one
 * types.
 */
export function kernelsFitting(entry: EntryData, filter: Filter, kfunc: KfuncData, catalog: Catalog): Ranges {
  const { key, value } = filter;
  if (key === 'prog') return kernelsCalledFrom(entry, value.replace(/^bpf_prog_type_/, ''), catalog);
  return fits(entry, key, value, kfunc) ? entry.kernels : [];
}

/** What a hook means for program types differs from kernel to kernel. */
function kernelsCalledFrom({ hook, kernels }: EntryData, progType: string, catalog: Catalog): Ranges {
  return rangesOf(
    positionsOf(kernels).filter((position) => begins(catalog.kernels[position]?.hooks[hook] ?? [], progType)),
  );
}

function fits(entry: EntryData, key: Exclude<FilterKey, 'prog'>, value: string, kfunc: KfuncData): boolean {
  switch (key) {
    case 'flag':
      return value === 'none' ? entry.flags.length === 0 : begins(entry.flags, value);
    case 'hook':
      return entry.hook.startsWith(value);
    case 'owner':
      return entry.owner.startsWith(value);
    case 'source':
      return entry.source.toLowerCase().includes(value);
    case 'set':
      return entry.set.includes(value);
    case 'type':
      return typesOf(kfunc).some((type) => type.includes(value));
    case 'config':
      return entry.config?.toLowerCase().includes(value) === true;
  }
}

/** Something other than the name that a word may be about; undefined where it is about nothing of it. */
export function fieldFor(word: string, kfunc: KfuncData): string | undefined {
  const { entries, dtors = [] } = kfunc;
  const first = <T>(items: readonly T[], textOf: (item: T) => string, isIt: (text: string) => boolean) =>
    items.map(textOf).find((text) => isIt(text.toLowerCase()));
  const isIn = (text: string): boolean => hasPart(text, word);
  const isBegun = (text: string): boolean => text.startsWith(word);
  return (
    first(entries, ({ hook }) => hook, isBegun) ??
    entries.flatMap(({ flags }) => flags).find(isBegun) ??
    first(entries, ({ owner }) => owner, isBegun) ??
    first(entries, ({ source }) => source, isIn) ??
    first(dtors, ({ type }) => `struct ${type}`, isIn) ??
    typesOf(kfunc).find(isIn)
  );
}

/** Whether a part of a text begins so: `ct` is in `net/ct.c`, and not in every struct. */
function hasPart(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[a-z0-9]/.test(text.charAt(at - 1))) return true;
  }
  return false;
}

const typesByKfunc = new WeakMap<KfuncData, readonly string[]>();

/** The types in the prototypes of a kfunc, in lower case. */
function typesOf(kfunc: KfuncData): readonly string[] {
  const known = typesByKfunc.get(kfunc) ?? [
    ...new Set(
      kfunc.prototypes.flatMap(({ returns, params }) => [returns, ...params.map(([type]) => type)]).map(lower),
    ),
    ...(kfunc.dtors ?? []).map(({ type }) => lower(`struct ${type}`)),
  ];
  typesByKfunc.set(kfunc, known);
  return known;
}

function lower(text: string): string {
  return text.toLowerCase();
}

function begins(names: readonly string[], value: string): boolean {
  return names.some((name) => name.startsWith(value));
}
