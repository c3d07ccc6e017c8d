import { eachTypedKfunc, pointerness } from './walk.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

export const releaseNeedsPointer = defineRule({
  id: 'registry/release-needs-pointer',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A release kfunc takes a pointer',
  explanation:
    'One of its arguments must carry the reference that it releases. Without a pointer none can, and the verifier refuses every call (kernel/bpf/btf.c, btf_check_func_arg_match(); from v6.3 kernel/bpf/verifier.c).',
  kernels: 'all',
  messages: {
    default: {
      message: '`{name}` is a release kfunc and takes no pointer',
      suggestion: 'drop `release`, or take a pointer to the object',
    },
  },
  examples: {
    bad: kfuncs(['{ name: acme_put, flags: [release] }'], ['void acme_put(u32 id)']),
    good: kfuncs(['{ name: acme_put, flags: [release] }'], ['void acme_put(struct acme *a)']),
  },
  check({ registry, report }) {
    for (const { kernels, kfunc, prototype } of eachTypedKfunc(registry)) {
      if (
        kfunc.flags.includes('release') &&
        prototype.prototype.params.every(({ type }) => pointerness(type) === 'none')
      ) {
        const related = [{ message: 'the prototype', place: prototype.place }];
        report({ message: 'default', values: { name: kfunc.name }, place: kfunc.place, kernels, related });
      }
    }
  },
});
