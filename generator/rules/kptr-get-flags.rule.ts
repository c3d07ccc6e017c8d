import { eachDistinctKfunc } from './walk.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

export const kptrGetFlags = defineRule({
  id: 'registry/kptr-get-flags',
  severity: 'warning',
  title: 'A kptr_get kfunc acquires, and may return NULL',
  explanation:
    'It takes a reference to the object that a map holds, so it acquires; the map may hold none, so it may return NULL. Kernels let other combinations pass, but the reference would leak or NULL go untested.',
  kernels: 'those with the flag',
  messages: {
    default: { message: '`{name}` is a kptr_get kfunc without {missing}', suggestion: 'add {missing} to its flags' },
  },
  examples: {
    bad: kfuncs(['{ name: acme_kptr_get, flags: [acquire, { flag: kptr_get, since: v5.19, until: v6.4 }] }']),
    good: kfuncs([
      '{ name: acme_kptr_get, flags: [acquire, ret_null, { flag: kptr_get, since: v5.19, until: v6.4 }] }',
    ]),
  },
  check({ registry, report }) {
    for (const { kernels, kfunc } of eachDistinctKfunc(registry)) {
      const missing = (['acquire', 'ret_null'] as const).filter((flag) => !kfunc.flags.includes(flag));
      if (kfunc.flags.includes('kptr_get') && missing.length > 0) {
        const values = { name: kfunc.name, missing: missing.map((flag) => `\`${flag}\``).join(' and ') };
        report({ message: 'default', values, place: kfunc.place, kernels });
      }
    }
  },
});
