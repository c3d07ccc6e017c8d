import { CSyntaxError } from '../c/syntax-error.ts';
import { intersect, isEmpty } from '../declarations/kernel-range.ts';
import type { DeclaredPrototype } from '../declarations/registry.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

export const duplicatePrototype = defineRule({
  id: 'registry/duplicate-prototype',
  severity: 'warning',
  title: 'A function has one prototype in a kernel',
  explanation: 'Of two prototypes that hold for the same kernel the later one is taken; the earlier says nothing.',
  kernels: 'all',
  messages: {
    default: {
      message: '`{name}` has a prototype for these kernels already',
      suggestion: 'let their ranges not overlap',
    },
  },
  examples: {
    bad: kfuncs(['acme_get'], ['int acme_get(u32 id)', 'int acme_get(u64 id)']),
    good: kfuncs(
      ['acme_get'],
      ['{ prototype: int acme_get(u32 id), until: v6.0 }', '{ prototype: int acme_get(u64 id), since: v6.0 }'],
    ),
  },
  check({ registry, report }) {
    for (const { prototypes } of registry.files) {
      const byName = new Map<string, DeclaredPrototype[]>();
      for (const each of prototypes) {
        if (each.parsed instanceof CSyntaxError) {
          continue;
        }
        const { name } = each.parsed;
        const earlier = byName.get(name) ?? [];
        const first = earlier.find(({ range }) => !isEmpty(intersect(range, each.range)));
        if (first !== undefined) {
          const related = [{ message: 'the first', place: first.place }];
          report({ message: 'default', values: { name }, place: each.place, related });
        }
        byName.set(name, [...earlier, each]);
      }
    }
  },
});
