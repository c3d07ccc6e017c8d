import { ERRNO } from '../../src/tables/errno.ts';
import { below } from '../declarations/place.ts';
import { failedRegistrations } from './registrations.ts';
import { defineRule } from './rule.ts';

const vmlinux = (count: number): string => {
  const names = Array.from({ length: count }, (_, index) => `acme_${String(index)}`);
  return `source: kernel/bpf/acme.c
owner: vmlinux
until: v6.1
sets:
  - name: acme_kfunc_set
    hooks: [xdp]
    kfuncs: [${names.join(', ')}]
`;
};

export const setLimit = defineRule({
  id: 'registry/set-limit',
  severity: 'error',
  errno: 'E2BIG',
  title: 'A hook has no more kfuncs than the kernel takes',
  explanation:
    'The kfuncs that built-in code registers for a hook (with a set for each flag: for a hook and set type) are put together, duplicates and entries under any config condition counted, up to BTF_KFUNC_SET_MAX_CNT. One more, and registration fails and frees the whole table of vmlinux: every kfunc registered before, for any hook, is lost (kernel/bpf/btf.c, btf_populate_kfunc_set()).',
  kernels: 'all; the limit is in the profile',
  messages: {
    default: {
      message:
        'with set `{set}`, hook `{hook}` of {owner} comes to {count} kfuncs, more than the {limit} that the kernel takes',
      suggestion: 'register fewer, or from a module, whose sets count alone',
    },
  },
  examples: { bad: vmlinux(33), good: vmlinux(32) },
  check({ registry, report }) {
    for (const model of registry.model.kernels) {
      for (const { source, set, registration, errno, count } of failedRegistrations(model).sets) {
        if (errno === -ERRNO.E2BIG) {
          const limit = model.kernel.limits.set_max_cnt;
          const values = { set: set.name, hook: registration.hook, owner: source.owner, count, limit };
          report({ message: 'default', values, place: below(set.place, 'name'), kernels: [model.kernel] });
        }
      }
    }
  },
});
