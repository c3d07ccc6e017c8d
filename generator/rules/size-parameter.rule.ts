import { eachTypedKfunc, pointerness } from './walk.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

const SUFFIXES = ['__sz', '__szk'] as const;

export const sizeParameter = defineRule({
  id: 'registry/size-parameter',
  severity: 'warning',
  title: 'A `__sz` parameter is the size of the pointer before it',
  explanation:
    'The verifier takes a scalar whose name ends in `__sz` for the size of the memory that the parameter before it points to. In another place, or as a pointer, the name says nothing (kernel/bpf/btf.c, is_kfunc_arg_mem_size()).',
  kernels: 'all; the suffixes are in the profile',
  messages: {
    first: {
      message: '`{param}` of `{name}` follows no pointer, so it is the size of nothing',
      suggestion: 'put it behind the pointer whose size it is, or drop the suffix from its name',
    },
    pointer: {
      message: '`{param}` of `{name}` is a pointer, so it is no size',
      suggestion: 'make it an integer, or drop the suffix from its name',
    },
  },
  examples: {
    bad: kfuncs(['acme_read'], ['int acme_read(u32 buf__sz, void *buf)']),
    good: kfuncs(['acme_read'], ['int acme_read(void *buf, u32 buf__sz)']),
  },
  check({ registry, report }) {
    for (const { kernels: all, kfunc, prototype } of eachTypedKfunc(registry)) {
      for (const [index, param] of prototype.prototype.params.entries()) {
        const suffix = SUFFIXES.find((each) => param.name.endsWith(each));
        const kernels = suffix === undefined ? [] : all.filter(({ args }) => args.suffixes.includes(suffix));
        if (kernels.length === 0) {
          continue;
        }
        const before = prototype.prototype.params[index - 1];
        const at = { values: { param: param.name, name: kfunc.name }, place: prototype.place, kernels };
        if (pointerness(param.type) === 'pointer') {
          report({ message: 'pointer', ...at });
        } else if (before === undefined || pointerness(before.type) === 'none') {
          report({ message: 'first', ...at });
        }
      }
    }
  },
});
