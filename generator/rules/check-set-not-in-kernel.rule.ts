import { below } from '../declarations/place.ts';
import { kfuncs } from './example.ts';
import { advice, kernelsOf } from './kernels-of.ts';
import { defineRule } from './rule.ts';
import type { Kernel } from '../../generated/types/kernel.ts';

export const checkSetNotInKernel = defineRule({
  id: 'registry/check-set-not-in-kernel',
  severity: 'error',
  title: 'Only kernels with a check set can leave a kfunc out of it',
  explanation:
    'From v6.0 a kfunc is in the one set of its hook, with its flags, and so callable; there is nothing that `check: false` could mean.',
  kernels: 'those with one set a hook',
  messages: { default: { message: 'this kernel has no check set', suggestion: '{advice}' } },
  examples: {
    bad: kfuncs(['{ name: acme_get, check: false, since: v6.0 }']),
    good: kfuncs(['{ name: acme_get }']),
  },
  check({ registry, report }) {
    const has = (kernel: Kernel): boolean => kernel.layout === 'id_set';
    for (const { check, range, place } of registry.files.flatMap(({ sets }) => sets.flatMap((set) => set.kfuncs))) {
      const kernels = check ? [] : kernelsOf(registry, range).filter((kernel) => !has(kernel));
      for (const kernel of kernels) {
        report({
          message: 'default',
          values: { advice: advice(registry, has) },
          place: below(place, 'check'),
          kernels: [kernel],
        });
      }
    }
  },
});
