import { withEntries } from './example.ts';
import { groupBy } from './group-by.ts';
import { defineHelperRule } from './helper-rule.ts';
import { covers } from './ranges.ts';
import { eachHelperReference } from './walk.ts';

export const unreachableEntry = defineHelperRule({
  id: 'helper/unreachable-entry',
  severity: 'error',
  title: 'An entry of a list is reached',
  explanation:
    'Of the entries of a helper in a list, the first whose kernels and condition fit decides. Behind one without a condition, another for the same kernels is never looked at.',
  kernels: 'all',
  messages: {
    default: {
      message: 'an entry of `{helper}` before this one holds for every program',
      suggestion: 'put this one before it, or leave it out',
    },
  },
  examples: {
    bad: withEntries(['acme', '{ helper: acme, when: { sleepable: true } }']),
    good: withEntries(['{ helper: acme, when: { sleepable: true } }', '{ helper: acme, deny: true }']),
  },
  check({ registry, report }) {
    const byList = groupBy(eachHelperReference(registry), ({ list }) => list);
    for (const entries of byList.values()) {
      entries.forEach(({ value, namePlace }, index) => {
        const first = entries
          .slice(0, index)
          .find(
            (before) =>
              before.value.helper === value.helper &&
              before.value.when === undefined &&
              before.value.config === undefined &&
              covers(before.value, value),
          );
        if (first !== undefined) {
          const related = [{ message: 'the entry that decides', place: first.namePlace }];
          report({ message: 'default', values: { helper: value.helper }, place: namePlace, related });
        }
      });
    }
  },
});
