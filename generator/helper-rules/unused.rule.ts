import { below } from '../declarations/place.ts';
import { withEntries } from './example.ts';
import { defineHelperRule } from './helper-rule.ts';
import * as walk from './walk.ts';

export const unused = defineHelperRule({
  id: 'helper/unused',
  severity: 'warning',
  title: 'What is described is of use',
  explanation:
    'A prototype that no list gives, a list that no program and no list asks, and a set that no condition names say nothing about any program.',
  kernels: 'all',
  messages: {
    default: { message: 'nothing uses {what} `{name}`', suggestion: 'name it where it belongs, or remove it' },
  },
  examples: {
    bad: withEntries(['acme'], 'function_sets:\n  - { name: roots, functions: [acme_root] }\n'),
    good: withEntries(
      ['{ helper: acme, when: { functions: roots } }'],
      'function_sets:\n  - { name: roots, functions: [acme_root] }\n',
    ),
  },
  check({ registry, report }) {
    const given = new Set(
      walk
        .eachHelperReference(registry)
        .flatMap(({ value }) => (value.deny === true ? [] : [`${value.helper} ${value.prototype ?? ''}`])),
    );
    for (const { helper, value, place } of walk.eachPrototype(registry)) {
      if (!given.has(`${helper.name} ${value.name ?? ''}`)) {
        const what = value.name === undefined ? 'the plain prototype of' : `the prototype \`${value.name}\` of`;
        report({ message: 'default', values: { what, name: helper.name }, place });
      }
    }
    const asked = new Set([
      ...walk.eachListReference(registry).map(({ value }) => value.list),
      ...walk.eachProgram(registry).flatMap(({ value }) => value.list ?? []),
    ]);
    for (const { value, place } of walk.eachList(registry)) {
      if (!asked.has(value.name)) {
        report({ message: 'default', values: { what: 'the list', name: value.name }, place: below(place, 'name') });
      }
    }
    const named = new Set(walk.eachCondition(registry).flatMap(({ value }) => value.functions ?? []));
    for (const { value, place } of walk.eachFunctionSet(registry)) {
      if (!named.has(value.name)) {
        report({ message: 'default', values: { what: 'the set', name: value.name }, place: below(place, 'name') });
      }
    }
  },
});
