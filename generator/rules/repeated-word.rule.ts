import { intersect, isEmpty } from '../declarations/kernel-range.ts';
import type { Ranged } from '../declarations/registry.ts';
import { setFor } from './example.ts';
import { defineRule } from './rule.ts';

export const repeatedWord = defineRule({
  id: 'registry/repeated-word',
  severity: 'warning',
  title: 'A hook, program type or flag stands once in its list',
  explanation: 'The second says nothing; mostly another word was meant, or the two ranges should not overlap.',
  kernels: 'all',
  messages: { default: { message: '`{word}` stands in this list already', suggestion: 'remove one of the two' } },
  examples: { bad: setFor('hooks: [xdp, xdp]'), good: setFor('hooks: [xdp, tc]') },
  check({ registry, report }) {
    const lists = registry.files.flatMap(({ sets }) =>
      sets.flatMap((set): (readonly Ranged<string>[])[] => [
        set.hooks,
        set.progTypes,
        ...set.kfuncs.map(({ flags }) => flags),
      ]),
    );
    for (const list of lists) {
      for (const [index, { value, range, place }] of list.entries()) {
        const first = list
          .slice(0, index)
          .find((each) => each.value === value && !isEmpty(intersect(each.range, range)));
        if (first !== undefined) {
          const related = [{ message: 'the first', place: first.place }];
          report({ message: 'default', values: { word: value }, place, related });
        }
      }
    }
  },
});
