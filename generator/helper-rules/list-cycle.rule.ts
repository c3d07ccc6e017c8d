import { withEntries } from './example.ts';
import { groupBy } from './group-by.ts';
import { defineHelperRule } from './helper-rule.ts';
import { eachListReference } from './walk.ts';

export const listCycle = defineHelperRule({
  id: 'helper/list-cycle',
  severity: 'error',
  title: 'No list asks itself, through others or not',
  explanation: 'The functions of the kernel that lists stand for call each other; a circle of them would never return.',
  kernels: 'all',
  messages: {
    default: { message: 'the list `{list}` asks itself: {path}', suggestion: 'leave this one out' },
  },
  examples: {
    bad: withEntries(['acme']).replace('    helpers:\n', '    before: [xdp]\n    helpers:\n'),
    good: withEntries(['acme']),
  },
  check({ registry, report }) {
    const references = eachListReference(registry);
    const asked = groupBy(references, ({ list }) => list.name);
    const pathBack = (from: string, to: string, seen: readonly string[]): readonly string[] | undefined => {
      if (from === to) return [to];
      if (seen.includes(from)) return undefined;
      for (const { value } of asked.get(from) ?? []) {
        const path = pathBack(value.list, to, [...seen, from]);
        if (path !== undefined) return [from, ...path];
      }
      return undefined;
    };
    for (const { list, value, namePlace } of references) {
      const path = pathBack(value.list, list.name, []);
      if (path !== undefined) {
        const names = [list.name, ...path].map((name) => `\`${name}\``).join(', ');
        report({ message: 'default', values: { list: list.name, path: names }, place: namePlace });
      }
    }
  },
});
