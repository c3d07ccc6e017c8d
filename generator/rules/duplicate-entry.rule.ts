import type { SetModel } from '../declarations/model.ts';
import { areExclusive } from '../c/config-expression.ts';
import { conditionOf, eachKfunc, type KfuncEntry } from './walk.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

export const duplicateEntry = defineRule({
  id: 'registry/duplicate-entry',
  severity: 'warning',
  title: 'A kfunc stands once in a set',
  explanation:
    'The kernel keeps both entries; each counts towards the most that a hook may have (kernel/bpf/btf.c, btf_populate_kfunc_set()).',
  kernels: 'all',
  messages: {
    default: { message: '`{name}` stands in set `{set}` already', suggestion: 'remove one of the two entries' },
  },
  examples: { bad: kfuncs(['acme_get', 'acme_get']), good: kfuncs(['acme_get']) },
  check({ registry, report }) {
    const seen = new Map<SetModel, Map<string, KfuncEntry>>();
    for (const entry of eachKfunc(registry)) {
      const { kernel, set, kfunc } = entry;
      const names = seen.get(set) ?? new Map<string, KfuncEntry>();
      seen.set(set, names);
      const first = names.get(kfunc.name);
      if (first === undefined) {
        names.set(kfunc.name, entry);
      } else if (!areExclusive(conditionOf(first), conditionOf(entry))) {
        const related = [{ message: 'the first entry', place: first.kfunc.place }];
        report({
          message: 'default',
          values: { name: kfunc.name, set: set.name },
          place: kfunc.place,
          kernel,
          related,
        });
      }
    }
  },
});
