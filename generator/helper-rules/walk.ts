import type {
  Condition,
  FunctionSet,
  Helper,
  HelperList,
  HelperReference,
  ListReference,
  ProgramHelpers,
  Prototype,
} from '../../generated/types/helper.ts';
import { below, type Place } from '../declarations/place.ts';
import { itemsAt } from '../declarations/prune.ts';
import type { ReadHelperFile } from '../helpers/load-helpers.ts';
import type { HelperRegistry } from './helper-rule.ts';

/** A value of the registry of helpers, and where it stands. */
export interface At<T> {
  readonly value: T;
  readonly place: Place;
}

/** A helper in a list; what is written as a bare name has a place of its own all the same. */
export interface InList<T> extends At<T> {
  readonly list: HelperList;
  /** Where the name of what is referred to stands. */
  readonly namePlace: Place;
}

export const eachHelper = (registry: HelperRegistry): At<Helper>[] => each(registry, 'helpers', (data) => data.helpers);
export const eachList = (registry: HelperRegistry): At<HelperList>[] => each(registry, 'lists', (data) => data.lists);
export const eachProgram = (registry: HelperRegistry): At<ProgramHelpers>[] =>
  each(registry, 'programs', (data) => data.programs);
export const eachFunctionSet = (registry: HelperRegistry): At<FunctionSet>[] =>
  each(registry, 'function_sets', (data) => data.function_sets);
export const eachAttachType = (registry: HelperRegistry): At<string>[] =>
  each(registry, 'attach_types', (data) => data.attach_types);

/** Every prototype, with the helper it is of. */
export function eachPrototype(registry: HelperRegistry): (At<Prototype> & { readonly helper: Helper })[] {
  return eachHelper(registry).flatMap(({ value: helper, place }) =>
    itemsOf(registry, place, 'prototypes', helper.prototypes).map((at) => ({ ...at, helper })),
  );
}

/** Every helper that stands in a list. */
export function eachHelperReference(registry: HelperRegistry): InList<HelperReference>[] {
  return eachList(registry).flatMap(({ value: list, place }) =>
    itemsOf(registry, place, 'helpers', list.helpers).map((at) =>
      typeof at.value === 'string'
        ? { list, value: { helper: at.value }, place: at.place, namePlace: at.place }
        : { list, value: at.value, place: at.place, namePlace: below(at.place, 'helper') },
    ),
  );
}

/** Every list that another asks. */
export function eachListReference(registry: HelperRegistry): InList<ListReference>[] {
  return eachList(registry).flatMap(({ value: list, place }) =>
    (['before', 'after'] as const).flatMap((key) =>
      itemsOf(registry, place, key, list[key]).map((at) =>
        typeof at.value === 'string'
          ? { list, value: { list: at.value }, place: at.place, namePlace: at.place }
          : { list, value: at.value, place: at.place, namePlace: below(at.place, 'list') },
      ),
    ),
  );
}

/** Every condition, wherever one may stand. */
export function eachCondition(registry: HelperRegistry): At<Condition>[] {
  const references = [...eachHelperReference(registry), ...eachListReference(registry)];
  return [
    ...references.flatMap(({ value: { when }, place }) =>
      when === undefined ? [] : [{ value: when, place: below(place, 'when') }],
    ),
    ...eachPrototype(registry).flatMap(({ value, place }) => itemsOf(registry, place, 'allowed', value.allowed)),
  ];
}

/** `since` and `until` of every entry that may have them. */
export function eachRange(registry: HelperRegistry): At<{ readonly since?: string; readonly until?: string }>[] {
  return [
    ...eachPrototype(registry),
    ...eachHelperReference(registry),
    ...eachListReference(registry),
    ...eachProgram(registry),
    ...eachFunctionSet(registry).flatMap(({ value, place }) =>
      itemsOf(registry, place, 'functions', value.functions).flatMap(({ value: item, place: at }) =>
        typeof item === 'string' ? [] : [{ value: item, place: at }],
      ),
    ),
  ];
}

/** The items of a list at a key of an entry. */
export function itemsOf<T>(
  { read }: HelperRegistry,
  place: Place,
  key: string,
  items: readonly T[] | undefined,
): At<T>[] {
  const origins = read.find(({ file }) => file === place.file)?.origins ?? new WeakMap();
  return Array.from(itemsAt(items, [...place.path, key], origins), ([value, path]) => ({
    value,
    place: { file: place.file, path },
  }));
}

function each<T>(
  registry: HelperRegistry,
  key: string,
  items: (data: ReadHelperFile['data']) => readonly T[] | undefined,
): At<T>[] {
  return registry.read.flatMap(({ file, data }) => itemsOf(registry, { file, path: [] }, key, items(data)));
}
