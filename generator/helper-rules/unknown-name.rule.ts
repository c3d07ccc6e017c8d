import type { Condition } from '../../generated/types/helper.ts';
import { below } from '../declarations/place.ts';
import { UNKNOWN_NAME } from '../rules/format.rule.ts';
import { withEntries } from './example.ts';
import { defineHelperRule, type HelperRegistry } from './helper-rule.ts';
import { reportUnknown, type Reference } from './unknown-name.ts';
import * as walk from './walk.ts';

export const unknownName = defineHelperRule({
  id: 'helper/unknown-name',
  severity: 'error',
  title: 'Helpers, prototypes, lists and what conditions name exist',
  explanation:
    'Lists name helpers, prototypes of them, and other lists; programs name lists; conditions name program types, attach types and sets of functions. A name that nothing bears would say nothing.',
  kernels: 'all',
  messages: UNKNOWN_NAME,
  examples: { bad: withEntries(['amce', 'acme']), good: withEntries(['acme']) },
  check({ registry, report }) {
    for (const reference of references(registry)) {
      reportUnknown(reference, report);
    }
  },
});

function* references(registry: HelperRegistry): Generator<Reference> {
  const prototypes = new Map(
    walk.eachHelper(registry).map(({ value }) => [value.name, value.prototypes.flatMap(({ name }) => name ?? [])]),
  );
  const helpers = [...prototypes.keys()];
  const lists = walk.eachList(registry).map(({ value }) => value.name);
  for (const { value, place, namePlace } of walk.eachHelperReference(registry)) {
    yield { kind: 'helper', name: value.helper, known: helpers, place: namePlace };
    const known = prototypes.get(value.helper);
    if (value.prototype !== undefined && known !== undefined) {
      yield { kind: 'prototype', name: value.prototype, known, place: below(place, 'prototype') };
    }
  }
  for (const { value, namePlace } of walk.eachListReference(registry)) {
    yield { kind: 'list', name: value.list, known: lists, place: namePlace };
  }
  const progTypes = [...new Set(registry.kernels.flatMap(({ prog_types: types }) => types))];
  for (const { value, place } of walk.eachProgram(registry)) {
    yield { kind: 'program type', name: value.type, known: progTypes, place: below(place, 'type') };
    if (value.list !== undefined) {
      yield { kind: 'list', name: value.list, known: lists, place: below(place, 'list') };
    }
  }
  const attachTypes = walk.eachAttachType(registry).map(({ value }) => value);
  const sets = walk.eachFunctionSet(registry).map(({ value }) => value.name);
  for (const at of walk.eachCondition(registry)) {
    const names = (key: keyof Condition, kind: string, known: readonly string[], items?: readonly string[]) =>
      walk.itemsOf(registry, at.place, key, items).map(({ value, place }) => ({ kind, name: value, known, place }));
    const { value: condition, place } = at;
    yield* names('prog_types', 'program type', progTypes, condition.prog_types);
    yield* names('not_prog_types', 'program type', progTypes, condition.not_prog_types);
    yield* names('attach_types', 'attach type', attachTypes, condition.attach_types);
    yield* names('not_attach_types', 'attach type', attachTypes, condition.not_attach_types);
    if (condition.functions !== undefined) {
      yield { kind: 'set of functions', name: condition.functions, known: sets, place: below(place, 'functions') };
    }
  }
}
