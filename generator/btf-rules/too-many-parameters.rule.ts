import { spellPrototype } from '../../src/btf/c/spell.ts';
import { defineBtfRule } from './btf-rule.ts';
import { typedSetEntries } from './entries.ts';
import { kfuncsIn } from './example.ts';

export const tooManyParameters = defineBtfRule({
  id: 'registry/btf-too-many-parameters',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A kfunc takes as many arguments as there are registers for them',
  explanation:
    'Programs pass arguments in registers, of which there are five. The verifier refuses calls of a function that takes more, or a variable number (kernel/bpf/btf.c, btf_distill_func_proto(), btf_check_func_arg_match()).',
  kernels: 'those whose BTF is given',
  messages: {
    default: {
      message: '`{prototype}` takes more than {limit} arguments',
      suggestion: 'pass what is more in a struct',
    },
    variadic: {
      message: '`{prototype}` takes a variable number of arguments',
      suggestion: 'register a function with a fixed number of parameters',
    },
  },
  examples: {
    bad: kfuncsIn(['int acme_read(u32 a, u32 b, u32 c, u32 d, u32 e, u32 f)'], ['acme_read']),
    good: kfuncsIn(['int acme_read(u32 a, u32 b, u32 c, u32 d, u32 e)'], ['acme_read']),
  },
  check({ judged, report }) {
    const limit = judged.model.kernel.limits.reg_args;
    for (const { kfunc, btf, prototype } of typedSetEntries(judged)) {
      const text = spellPrototype(btf, prototype, kfunc.name);
      if (prototype.isVariadic) {
        report({ message: 'variadic', values: { prototype: text }, place: kfunc.place });
      } else if (prototype.parameters.length > limit) {
        report({ message: 'default', values: { prototype: text, limit }, place: kfunc.place });
      }
    }
  },
});
