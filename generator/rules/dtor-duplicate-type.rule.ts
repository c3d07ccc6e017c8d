import type { DtorModel } from '../declarations/model.ts';
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
    const seen = new Map<string, DtorModel>();
    for (const { kernel, sources } of registry.model.kernels) {
      for (const { owner, dtors } of sources) {
        for (const dtor of dtors) {
          const key = [kernel.version, owner, dtor.type].join(' ');
          const first = seen.get(key);
          if (first === undefined) {
            seen.set(key, dtor);
            continue;
          }
          const related = [{ message: 'the first pair', place: below(first.place, 'type') }];
          const values = { type: dtor.type, other: first.kfunc };
          report({ message: 'default', values, place: below(dtor.place, 'type'), kernels: [kernel], related });
        }
      }
    }
  },
});
