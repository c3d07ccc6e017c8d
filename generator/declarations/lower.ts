import type { Declaration, Flag, Hook, Kfunc, KfuncSet, ProgType } from '../../generated/types/declaration.ts';
import { parseConfigExpression } from '../c/config-expression.ts';
import { parsePrototype } from '../c/prototype.ts';
import { attempt } from '../c/syntax-error.ts';
import type { Path, SourceFile } from '../diagnostics/source-file.ts';
import { intersect, type KernelRange } from './kernel-range.ts';
import { below, type Place } from './place.ts';
import { itemsAt, type Origins } from './prune.ts';
import type { ValidatedFile } from './read-validated.ts';
import type {
  DeclaredConfig,
  DeclaredDtor,
  DeclaredFile,
  DeclaredKfunc,
  DeclaredPrototype,
  DeclaredRange,
  DeclaredSet,
  ImportedFile,
  Ranged,
} from './registry.ts';

/** `since` and `until` of any entry. */
interface RangeKeys {
  readonly since?: string;
  readonly until?: string;
}

/** What lowering a file knows throughout. */
interface Context {
  readonly file: SourceFile;
  readonly versions: readonly string[];
  readonly origins: Origins;
  readonly ranges: DeclaredRange[];
}

/** Gives every entry of a declaration its place and the kernels it holds for; nothing is judged here. */
export function lowerDeclaration(
  { file, origins, isWhole }: Pick<ValidatedFile<Declaration>, 'file' | 'origins' | 'isWhole'>,
  declaration: Declaration,
  versions: readonly string[],
  imported: ImportedFile | undefined,
): DeclaredFile {
  const context: Context = { file, versions, origins, ranges: [] };
  const place: Place = { file, path: [] };
  const range = rangeOf(context, declaration, { from: 0, to: versions.length }, place);
  const each = <T>(items: readonly T[] | undefined, key: string): [T, Place][] =>
    [...itemsAt(items, [key], origins)].map(([item, path]) => [item, { file, path }]);
  return {
    file,
    source: declaration.source,
    owner: declaration.owner,
    license: declaration.license,
    description: declaration.description,
    config: configOf(declaration.config, place),
    range,
    sets: each(declaration.sets, 'sets').map(([set, at]) => lowerSet(context, set, range, at)),
    dtors: each(declaration.dtors, 'dtors').map(([dtor, at]): DeclaredDtor => ({
      type: dtor.type,
      kfunc: dtor.kfunc,
      config: configOf(dtor.config, at),
      range: rangeOf(context, dtor, range, at),
      place: at,
    })),
    prototypes: each(declaration.prototypes, 'prototypes').map(([entry, at]): DeclaredPrototype => {
      const text = typeof entry === 'string' ? entry : entry.prototype;
      return {
        text,
        parsed: attempt(() => parsePrototype(text)),
        range: typeof entry === 'string' ? range : rangeOf(context, entry, range, at),
        place: typeof entry === 'string' ? at : below(at, 'prototype'),
      };
    }),
    imported,
    isWhole,
    ranges: context.ranges,
    place,
  };
}

function lowerSet(context: Context, set: KfuncSet, outer: KernelRange, place: Place): DeclaredSet {
  const { file, origins } = context;
  const range = rangeOf(context, set, outer, place);
  const items = <T>(list: readonly T[] | undefined, key: string): [T, Path][] => [
    ...itemsAt(list, [...place.path, key], origins),
  ];
  return {
    name: set.name,
    description: set.description,
    config: configOf(set.config, place),
    range,
    hooks: items(set.hooks, 'hooks').map(([item, path]): Ranged<Hook> =>
      typeof item === 'string'
        ? { value: item, range, place: { file, path } }
        : rangedOf(context, item.hook, 'hook', item, range, { file, path }),
    ),
    progTypes: items(set.prog_types, 'prog_types').map(([item, path]): Ranged<ProgType> =>
      typeof item === 'string'
        ? { value: item, range, place: { file, path } }
        : rangedOf(context, item.prog_type, 'prog_type', item, range, { file, path }),
    ),
    filters: items(set.filters, 'filters').map(([item, path]): Ranged<string> =>
      typeof item === 'string'
        ? { value: item, range, place: { file, path } }
        : rangedOf(context, item.filter, 'filter', item, range, { file, path }),
    ),
    kfuncs: items(set.kfuncs, 'kfuncs').map(([item, path]) => lowerKfunc(context, item, range, { file, path })),
    place,
  };
}

function lowerKfunc(context: Context, entry: string | Kfunc, outer: KernelRange, place: Place): DeclaredKfunc {
  if (typeof entry === 'string') {
    return { name: entry, flags: [], check: true, config: undefined, range: outer, place, namePlace: place };
  }
  const range = rangeOf(context, entry, outer, place);
  const flags = [...itemsAt(entry.flags, [...place.path, 'flags'], context.origins)];
  return {
    name: entry.name,
    flags: flags.map(([item, path]): Ranged<Flag> =>
      typeof item === 'string'
        ? { value: item, range, place: { file: place.file, path } }
        : rangedOf(context, item.flag, 'flag', item, range, { file: place.file, path }),
    ),
    check: entry.check ?? true,
    config: configOf(entry.config, place),
    range,
    place,
    namePlace: below(place, 'name'),
  };
}

function rangedOf<T>(
  context: Context,
  value: T,
  key: string,
  keys: RangeKeys,
  outer: KernelRange,
  place: Place,
): Ranged<T> {
  return { value, range: rangeOf(context, keys, outer, place), place: below(place, key) };
}

/** The kernels of an entry: its own range within that of the entry around it. */
function rangeOf(context: Context, keys: RangeKeys, outer: KernelRange, place: Place): KernelRange {
  const { since, until } = keys;
  if (since === undefined && until === undefined) {
    return outer;
  }
  const { versions } = context;
  const from = since === undefined ? 0 : Math.max(versions.indexOf(since), 0);
  const end = until === undefined ? -1 : versions.indexOf(until);
  const own = { from, to: end === -1 ? versions.length : end };
  context.ranges.push({ since, until, own, outer, place });
  return intersect(own, outer);
}

function configOf(text: string | undefined, place: Place): DeclaredConfig | undefined {
  return text === undefined
    ? undefined
    : { text, parsed: attempt(() => parseConfigExpression(text)), place: below(place, 'config') };
}
