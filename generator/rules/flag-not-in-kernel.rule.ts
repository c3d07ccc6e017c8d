import type { Kernel } from '../../generated/types/kernel.ts';
import { kfuncs } from './example.ts';
import { advice, kernelsOf } from './kernels-of.ts';
import { defineRule } from './rule.ts';

export const flagNotInKernel = defineRule({
  id: 'registry/flag-not-in-kernel',
  severity: 'error',
  title: 'A kfunc has flags that its kernels know',
  explanation:
    'A kernel ignores a flag it does not know: the kfunc would be callable there without what the flag stands for. Kernels before v6.0 know a flag by its set in struct btf_kfunc_id_set, later ones by KF_… in include/linux/btf.h.',
  kernels: 'all; the flags are in the profile',
  messages: { default: { message: 'this kernel has no flag `{flag}`', suggestion: '{advice}' } },
  examples: {
    bad: kfuncs(['{ name: acme_get, flags: [sleepable] }']),
    good: kfuncs(['{ name: acme_get, flags: [{ flag: sleepable, since: v6.1 }] }']),
  },
  check({ registry, report }) {
    const eachKfunc = registry.files.flatMap(({ sets }) => sets.flatMap((set) => set.kfuncs));
    for (const { value, range, place } of eachKfunc.flatMap(({ flags }) => flags)) {
      const has = (kernel: Kernel): boolean => value in kernel.flags;
      for (const kernel of kernelsOf(registry, range).filter((each) => !has(each))) {
        report({
          message: 'default',
          values: { flag: value, advice: advice(registry, has) },
          place,
          kernels: [kernel],
        });
      }
    }
  },
});
