import { withPrototypes } from './example.ts';
import { defineHelperRule } from './helper-rule.ts';
import { overlaps } from './ranges.ts';
import { eachHelper, itemsOf } from './walk.ts';

export const overlappingPrototypes = defineHelperRule({
  id: 'helper/overlapping-prototypes',
  severity: 'error',
  title: 'A kernel has one prototype of a helper under a name',
  explanation:
    'Lists name a prototype, or mean the plain one. Where program types get different ones in the same kernel, all but one bear a `name`; where kernels differ, the ranges must not overlap.',
  kernels: 'all',
  messages: {
    default: {
      message: 'some kernel has another prototype of `{helper}` under this name',
      suggestion: 'give one of them a `name`, or end the older one with `until`',
    },
  },
  examples: {
    bad: withPrototypes(['{ returns: void, args: [] }', '{ since: v6.1, returns: integer, args: [] }']),
    good: withPrototypes(['{ until: v6.1, returns: void, args: [] }', '{ since: v6.1, returns: integer, args: [] }']),
  },
  check({ registry, report }) {
    for (const { value: helper, place } of eachHelper(registry)) {
      const prototypes = itemsOf(registry, place, 'prototypes', helper.prototypes);
      prototypes.forEach(({ value, place: at }, index) => {
        const first = prototypes
          .slice(0, index)
          .find((before) => before.value.name === value.name && overlaps(before.value, value));
        if (first !== undefined) {
          const related = [{ message: 'the other', place: first.place }];
          report({ message: 'default', values: { helper: helper.name }, place: at, related });
        }
      });
    }
  },
});
