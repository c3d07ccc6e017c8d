import type { Kernel } from '../../generated/types/kernel.ts';
import { hookOf } from '../declarations/hook-of.ts';
import { setFor } from './example.ts';
import { advice, kernelsOf } from './kernels-of.ts';
import { defineRule } from './rule.ts';

export const progTypeWithoutHook = defineRule({
  id: 'registry/prog-type-without-hook',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A set is registered by program types that map to a hook',
  explanation:
    'A program type that the kernel lacks, or maps to no hook, can call no kfunc, and registration by it fails (kernel/bpf/btf.c, bpf_prog_type_to_kfunc_hook()).',
  kernels: 'all; the mapping is in the profile',
  messages: {
    default: { message: 'program type `{type}` maps to no hook in this kernel', suggestion: '{advice}' },
  },
  examples: { bad: setFor('prog_types: [lsm]'), good: setFor('prog_types: [{ prog_type: lsm, since: v6.1 }]') },
  check({ registry, report }) {
    const types = registry.files.flatMap(({ sets }) => sets.flatMap(({ progTypes }) => progTypes));
    for (const { value, range, place } of types) {
      const has = (kernel: Kernel): boolean => hookOf(kernel, value) !== undefined;
      for (const kernel of kernelsOf(registry, range).filter((each) => !has(each))) {
        report({
          message: 'default',
          values: { type: value, advice: advice(registry, has) },
          place,
          kernels: [kernel],
        });
      }
    }
  },
});
