import type { Kernel } from '../../generated/types/kernel.ts';
import { setFor } from './example.ts';
import { advice, kernelsOf } from './kernels-of.ts';
import { defineRule } from './rule.ts';

export const hookNotInKernel = defineRule({
  id: 'registry/hook-not-in-kernel',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A set is registered for hooks that its kernels have',
  explanation:
    'A kernel that lacks the hook maps its program type to no hook, and registration fails (kernel/bpf/btf.c, bpf_prog_type_to_kfunc_hook(), register_btf_kfunc_id_set()).',
  kernels: 'all; the hooks are in the profile',
  messages: { default: { message: 'this kernel has no hook `{hook}`', suggestion: '{advice}' } },
  examples: { bad: setFor('hooks: [tracing]'), good: setFor('hooks: [{ hook: tracing, since: v5.19 }]') },
  check({ registry, report }) {
    for (const { value, range, place } of registry.files.flatMap(({ sets }) => sets.flatMap(({ hooks }) => hooks))) {
      const has = (kernel: Kernel): boolean => value in kernel.hooks;
      for (const kernel of kernelsOf(registry, range).filter((each) => !has(each))) {
        report({
          message: 'default',
          values: { hook: value, advice: advice(registry, has) },
          place,
          kernels: [kernel],
        });
      }
    }
  },
});
