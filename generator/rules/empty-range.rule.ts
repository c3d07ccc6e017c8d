import { intersect, isEmpty } from '../declarations/kernel-range.ts';
import { below } from '../declarations/place.ts';
import { declaration } from './example.ts';
import { defineRule } from './rule.ts';

export const emptyRange = defineRule({
  id: 'registry/empty-range',
  severity: 'error',
  title: 'A range holds at least one kernel',
  explanation:
    '`since` is the first kernel with the entry, `until` the first without it; the entry exists from the one to before the other, and only where the entry around it exists.',
  kernels: 'all',
  messages: {
    inverted: {
      message: '`since: {since}` does not come before `until: {until}`',
      suggestion: '`until` is the first kernel without the entry; leave it out if there is none',
    },
    before: {
      message: 'no kernel comes before `until: {until}`',
      suggestion: '`until` is the first kernel without the entry; the oldest is {oldest}',
    },
    outside: {
      message: 'the entry around this one exists in no kernel of this range',
      suggestion: 'the entry around it holds for {outer}',
    },
  },
  examples: {
    bad: declaration('since: v6.1\nuntil: v5.19\n'),
    good: declaration('since: v5.19\nuntil: v6.1\n'),
  },
  check({ registry, report }) {
    const version = (index: number): string => registry.kernels[index]?.version ?? 'no kernel';
    for (const { since, until, own, outer, place } of registry.files.flatMap(({ ranges }) => ranges)) {
      const at = below(place, until === undefined ? 'since' : 'until');
      if (isEmpty(own) && since !== undefined && until !== undefined) {
        report({ message: 'inverted', values: { since, until }, place: at });
      } else if (isEmpty(own) && until !== undefined) {
        report({ message: 'before', values: { until, oldest: version(0) }, place: at });
      } else if (isEmpty(intersect(own, outer)) && !isEmpty(outer)) {
        const words = `${version(outer.from)} to ${version(outer.to - 1)}`;
        report({ message: 'outside', values: { outer: words }, place: at });
      }
    }
  },
});
