import { kfuncs } from './example.ts';
import { eachTypedKfunc, pointerness } from './walk.ts';
import { defineRule } from './rule.ts';

export const acquireNeedsPointer = defineRule({
  id: 'registry/acquire-needs-pointer',
  severity: 'error',
  errno: 'EINVAL',
  title: 'An acquire kfunc returns a pointer',
  explanation:
    'The reference that it acquires is carried by the pointer it returns. Without one the verifier refuses every call (kernel/bpf/verifier.c, check_kfunc_call()).',
  kernels: 'all',
  messages: {
    default: {
      message: '`{name}` is an acquire kfunc and returns `{type}`, which is no pointer',
      suggestion: 'drop `acquire`, or return a pointer to the object',
    },
  },
  examples: {
    bad: kfuncs(['{ name: acme_get, flags: [acquire] }'], ['int acme_get(u32 id)']),
    good: kfuncs(['{ name: acme_get, flags: [acquire, ret_null] }'], ['struct acme *acme_get(u32 id)']),
  },
  check({ registry, report }) {
    for (const { kernels, kfunc, prototype } of eachTypedKfunc(registry)) {
      const { returns } = prototype.prototype;
      if (kfunc.flags.includes('acquire') && pointerness(returns) === 'none') {
        const values = { name: kfunc.name, type: returns.text };
        const related = [{ message: 'the prototype', place: prototype.place }];
        report({ message: 'default', values, place: kfunc.place, kernels, related });
      }
    }
  },
});
