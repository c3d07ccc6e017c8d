import type { Kernel } from '../../generated/types/kernel.ts';
import { declaration } from './example.ts';
import { advice, kernelsOf } from './kernels-of.ts';
import { defineRule } from './rule.ts';

export const dtorsNotInKernel = defineRule({
  id: 'registry/dtors-not-in-kernel',
  severity: 'error',
  title: 'Destructor pairs are declared for kernels that have them',
  explanation: 'A kernel without register_btf_id_dtor_kfuncs() has no referenced kptrs, and nothing to register with.',
  kernels: 'all; a kernel has destructor pairs if its profile limits their number',
  messages: { default: { message: 'this kernel has no destructor pairs', suggestion: '{advice}' } },
  examples: {
    bad: declaration('dtors:\n  - { type: acme, kfunc: acme_put }\nprototypes:\n  - void acme_put(struct acme *a)\n'),
    good: declaration(
      'dtors:\n  - { type: acme, kfunc: acme_put, since: v5.19 }\nprototypes:\n  - void acme_put(struct acme *a)\n',
    ),
  },
  check({ registry, report }) {
    const has = (kernel: Kernel): boolean => kernel.limits.dtor_max_cnt !== undefined;
    for (const { range, place } of registry.files.flatMap(({ dtors }) => dtors)) {
      for (const kernel of kernelsOf(registry, range).filter((each) => !has(each))) {
        report({ message: 'default', values: { advice: advice(registry, has) }, place, kernels: [kernel] });
      }
    }
  },
});
