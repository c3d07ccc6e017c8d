import { eachTypedKfunc, pointerness } from './walk.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

export const retNullNeedsPointer = defineRule({
  id: 'registry/ret-null-needs-pointer',
  severity: 'warning',
  title: 'A ret_null kfunc returns a pointer',
  explanation:
    'Only a pointer can be NULL. For another result the verifier ignores the flag (kernel/bpf/verifier.c, check_kfunc_call()).',
  kernels: 'all',
  messages: {
    default: {
      message: '`{name}` is a ret_null kfunc and returns `{type}`, which is no pointer',
      suggestion: 'drop `ret_null`, or return a pointer',
    },
  },
  examples: {
    bad: kfuncs(['{ name: acme_count, flags: [ret_null] }'], ['int acme_count(u32 id)']),
    good: kfuncs(['{ name: acme_peek, flags: [ret_null] }'], ['struct acme *acme_peek(u32 id)']),
  },
  check({ registry, report }) {
    for (const { kernels, kfunc, prototype } of eachTypedKfunc(registry)) {
      const { returns } = prototype.prototype;
      if (kfunc.flags.includes('ret_null') && pointerness(returns) === 'none') {
        const values = { name: kfunc.name, type: returns.text };
        const related = [{ message: 'the prototype', place: prototype.place }];
        report({ message: 'default', values, place: kfunc.place, kernels, related });
      }
    }
  },
});
