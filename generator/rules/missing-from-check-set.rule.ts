import { eachKfunc } from './walk.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

export const missingFromCheckSet = defineRule({
  id: 'registry/missing-from-check-set',
  severity: 'warning',
  title: 'A kfunc with flags stands in the check set too',
  explanation:
    'Only the check set makes a kfunc callable; in the acquire, release, ret_null or kptr_acquire set alone it has no effect (kernel/bpf/btf.c, v5.19, btf_kfunc_id_set_contains()).',
  kernels: 'those with a set for each flag',
  messages: {
    default: {
      message: '`{name}` is not in the check set, so no program can call it through this set',
      suggestion: 'remove the entry, or its `check: false`',
    },
  },
  examples: {
    bad: kfuncs(['{ name: acme_get, flags: [acquire], check: false, until: v6.0 }']),
    good: kfuncs(['{ name: acme_get, flags: [acquire], until: v6.0 }']),
  },
  check({ registry, report }) {
    for (const { kernel, kfunc } of eachKfunc(registry)) {
      if (!kfunc.check) {
        report({ message: 'default', values: { name: kfunc.name }, place: kfunc.place, kernel });
      }
    }
  },
});
