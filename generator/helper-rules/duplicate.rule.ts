import { below, type Place } from '../declarations/place.ts';
import { withEntries } from './example.ts';
import { defineHelperRule, type HelperRegistry } from './helper-rule.ts';
import { overlaps, type WrittenRange } from './ranges.ts';
import * as walk from './walk.ts';

/** Something that may stand in the registry once. */
interface Named {
  readonly what: string;
  readonly name: string;
  readonly place: Place;
  /** The kernels in which it may not stand again; all where none are said. */
  readonly range?: WrittenRange;
}

export const duplicate = defineHelperRule({
  id: 'helper/duplicate',
  severity: 'error',
  title: 'A helper, a list, a program, a set and an attach type are described once',
  explanation:
    'A call instruction bears the number of one helper, names stand for one thing, and a program is given one list: of two descriptions, which one holds could not be told. All files of the folder count.',
  kernels: 'all',
  messages: {
    default: { message: '{what} `{name}` is described already', suggestion: 'keep one of the two' },
  },
  examples: {
    bad: withEntries(['acme'], '  - { type: xdp, since: v6.1 }\n'),
    good: withEntries(['acme'], '  - { type: tracing, since: v6.1 }\n'),
  },
  check({ registry, report }) {
    const seen = new Map<string, Named[]>();
    for (const each of describedOnce(registry)) {
      const key = `${each.what} ${each.name}`;
      const before = seen.get(key) ?? [];
      const first = before.find(({ range = {} }) => overlaps(range, each.range ?? {}));
      if (first !== undefined) {
        const related = [{ message: 'the first', place: first.place }];
        report({ message: 'default', values: { what: each.what, name: each.name }, place: each.place, related });
      }
      seen.set(key, [...before, each]);
    }
  },
});

function describedOnce(registry: HelperRegistry): readonly Named[] {
  return [
    ...walk.eachHelper(registry).flatMap(({ value, place }) => [
      { what: 'the helper', name: value.name, place: below(place, 'name') },
      { what: 'the helper of number', name: String(value.id), place: below(place, 'id') },
    ]),
    ...walk
      .eachList(registry)
      .map(({ value, place }) => ({ what: 'the list', name: value.name, place: below(place, 'name') })),
    ...walk.eachProgram(registry).map(({ value, place }) => ({
      what: 'what may be called by',
      name: value.struct === undefined ? value.type : `${value.type} ${value.struct}`,
      place: below(place, value.struct === undefined ? 'type' : 'struct'),
      range: value,
    })),
    ...walk
      .eachFunctionSet(registry)
      .map(({ value, place }) => ({ what: 'the set', name: value.name, place: below(place, 'name') })),
    ...walk.eachAttachType(registry).map(({ value, place }) => ({ what: 'the attach type', name: value, place })),
  ];
}
