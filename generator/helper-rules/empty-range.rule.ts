import { compareVersions } from '../declarations/kernel-range.ts';
import { below } from '../declarations/place.ts';
import { withPrototypes } from './example.ts';
import { defineHelperRule } from './helper-rule.ts';
import { eachRange } from './walk.ts';

export const emptyRange = defineHelperRule({
  id: 'helper/empty-range',
  severity: 'error',
  title: 'A range of helpers holds at least one kernel',
  explanation:
    '`since` is the first kernel with the entry, `until` the first without it: the entry exists from the one to before the other.',
  kernels: 'all',
  messages: {
    default: {
      message: '`since: {since}` does not come before `until: {until}`',
      suggestion: '`until` is the first kernel without the entry; leave it out if there is none',
    },
  },
  examples: {
    bad: withPrototypes(['{ since: v6.1, until: v5.19, returns: integer, args: [] }']),
    good: withPrototypes(['{ since: v5.19, until: v6.1, returns: integer, args: [] }']),
  },
  check({ registry, report }) {
    for (const { value, place } of eachRange(registry)) {
      const { since, until } = value;
      if (since !== undefined && until !== undefined && compareVersions(since, until) >= 0) {
        report({ message: 'default', values: { since, until }, place: below(place, 'until') });
      }
    }
  },
});
