import { eachTypedKfunc } from './walk.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

export const tooManyParameters = defineRule({
  id: 'registry/too-many-parameters',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A kfunc takes no more arguments than registers pass',
  explanation:
    'A BPF call passes five arguments. The verifier refuses calls of kfuncs with more, and of those with variable arguments (kernel/bpf/btf.c, btf_check_func_arg_match() and btf_distill_func_proto()).',
  kernels: 'all; the limit is in the profile',
  messages: {
    many: {
      message: '`{name}` has {count} parameters, more than the {limit} that a call passes',
      suggestion: 'put several into a struct, as opts with its opts__sz',
    },
    variadic: { message: '`{name}` has variable arguments', suggestion: 'name its parameters' },
  },
  examples: {
    bad: kfuncs(['acme_sum'], ['int acme_sum(int a, int b, int c, int d, int e, int f)']),
    good: kfuncs(['acme_sum'], ['int acme_sum(int a, int b, int c, int d, int e)']),
  },
  check({ registry, report }) {
    for (const { kernels, isCalled, kfunc, prototype } of eachTypedKfunc(registry)) {
      // Functions in fmodret sets are attached to, not called.
      if (!isCalled) {
        continue;
      }
      const { params, isVariadic } = prototype.prototype;
      const at = { place: kfunc.place, related: [{ message: 'the prototype', place: prototype.place }] };
      if (isVariadic) {
        report({ message: 'variadic', values: { name: kfunc.name }, kernels, ...at });
        continue;
      }
      for (const kernel of kernels.filter(({ limits }) => params.length > limits.reg_args)) {
        const values = { name: kfunc.name, count: params.length, limit: kernel.limits.reg_args };
        report({ message: 'many', values, kernels: [kernel], ...at });
      }
    }
  },
});
