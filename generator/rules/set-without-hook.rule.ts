import { below } from '../declarations/place.ts';
import { setFor } from './example.ts';
import { defineRule } from './rule.ts';

export const setWithoutHook = defineRule({
  id: 'registry/set-without-hook',
  severity: 'warning',
  title: 'A set is registered for something',
  explanation: 'A set with neither `hooks` nor `prog_types` is registered nowhere, so no program can call its kfuncs.',
  kernels: 'all',
  messages: {
    default: { message: 'set `{set}` is registered for no hook', suggestion: 'add `hooks: […]`, or `prog_types: […]`' },
  },
  examples: { bad: setFor('hooks: []'), good: setFor('hooks: [xdp]') },
  check({ registry, report }) {
    for (const { name, hooks, progTypes, place } of registry.files.flatMap(({ isWhole, sets }) =>
      isWhole ? sets : [],
    )) {
      if (hooks.length === 0 && progTypes.length === 0) {
        report({ message: 'default', values: { set: name }, place: below(place, 'name') });
      }
    }
  },
});
