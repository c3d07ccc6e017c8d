import { below } from '../declarations/place.ts';
import { withEntries } from './example.ts';
import { defineHelperRule } from './helper-rule.ts';
import { eachHelperReference } from './walk.ts';

export const denyOrPrototype = defineHelperRule({
  id: 'helper/deny-or-prototype',
  severity: 'error',
  title: 'An entry gives a prototype or denies the helper',
  explanation: 'Where the function of a list returns NULL there is no prototype to name.',
  kernels: 'all',
  messages: {
    default: { message: 'a denied helper has no prototype', suggestion: 'leave out `deny`, or the prototype' },
  },
  examples: {
    bad: withEntries([
      '{ helper: acme, prototype: tp, deny: true, when: { sleepable: true } }',
      '{ helper: acme, prototype: tp }',
    ]).replace('{ returns', '{ name: tp, returns'),
    good: withEntries(['{ helper: acme, when: { sleepable: true } }', '{ helper: acme, deny: true }']),
  },
  check({ registry, report }) {
    for (const { value, place } of eachHelperReference(registry)) {
      if (value.deny !== undefined && value.prototype !== undefined) {
        report({ message: 'default', values: {}, place: below(place, 'prototype') });
      }
    }
  },
});
