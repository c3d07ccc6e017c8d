import type { DtorEntry } from './walk.ts';
import { eachDtor } from './walk.ts';
import { below } from '../declarations/place.ts';
import { dtors } from './example.ts';
import { defineRule } from './rule.ts';

export const dtorDuplicateType = defineRule({
  id: 'registry/dtor-duplicate-type',
  severity: 'error',
  title: 'A type has one destructor',
  explanation:
    'The kernel keeps both pairs, and which of them a binary search finds is chance (kernel/bpf/btf.c, register_btf_id_dtor_kfuncs(), btf_find_dtor_kfunc()).',
  kernels: 'those with destructor pairs',
  messages: {
    default: { message: '`{type}` has the destructor `{other}` already', suggestion: 'keep one of the two pairs' },
  },
  examples: {
    bad: dtors(
      ['{ type: acme, kfunc: acme_put }', '{ type: acme, kfunc: acme_free }'],
      ['void acme_put(struct acme *a)', 'void acme_free(struct acme *a)'],
    ),
    good: dtors(['{ type: acme, kfunc: acme_put }'], ['void acme_put(struct acme *a)']),
  },
  check({ registry, report }) {
    const seen = new Map<string, DtorEntry>();
    for (const entry of eachDtor(registry)) {
      const { kernel, source, dtor } = entry;
      const key = [kernel.version, source.owner, dtor.type].join(' ');
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, entry);
        continue;
      }
      const related = [{ message: 'the first pair', place: below(first.dtor.place, 'type') }];
      const values = { type: dtor.type, other: first.dtor.kfunc };
      report({ message: 'default', values, place: below(dtor.place, 'type'), kernel, related });
    }
  },
});
