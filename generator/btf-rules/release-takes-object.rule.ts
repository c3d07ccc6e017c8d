import { spellPrototype } from '../../src/btf/c/spell.ts';
import { defineBtfRule } from './btf-rule.ts';
import { isPointerToObject } from './btf-shapes.ts';
import { typedSetEntries } from './entries.ts';
import { kfuncsIn } from './example.ts';

export const releaseTakesObject = defineBtfRule({
  id: 'registry/btf-release-takes-object',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A release kfunc takes a pointer to a struct',
  explanation:
    'It gives back the reference of an argument, which must be a pointer to a kernel object. Without one the verifier refuses every call (kernel/bpf/btf.c, btf_check_func_arg_match(); from v6.3 on kernel/bpf/verifier.c, check_kfunc_args()). A pointer to void is let pass: it takes what programs allocate.',
  kernels: 'those whose BTF is given',
  messages: {
    default: {
      message: '`{prototype}` is a release kfunc, and none of its parameters is a pointer to a struct',
      suggestion: 'drop `release`, or take a pointer to the object',
    },
  },
  examples: {
    bad: kfuncsIn(['void acme_put(int *value)'], ['{ name: acme_put, flags: [release] }']),
    good: kfuncsIn(['void acme_put(struct acme *a)'], ['{ name: acme_put, flags: [release] }']),
  },
  check({ judged, report }) {
    for (const { kfunc, btf, prototype } of typedSetEntries(judged)) {
      const takesObject = prototype.parameters.some(({ type }) => isPointerToObject(btf, type));
      if (kfunc.flags.includes('release') && !takesObject) {
        const values = { prototype: spellPrototype(btf, prototype, kfunc.name) };
        report({ message: 'default', values, place: kfunc.place });
      }
    }
  },
});
