import { ERRNO } from '../../src/tables/errno.ts';
import { dtors } from './example.ts';
import { failedRegistrations } from './registrations.ts';
import { defineRule } from './rule.ts';

const pairs = (count: number): string => {
  const indexes = Array.from({ length: count }, (_, index) => String(index));
  return dtors(
    indexes.map((index) => `{ type: acme_${index}, kfunc: acme_put }`),
    ['void acme_put(void *object)'],
  );
};

export const dtorLimit = defineRule({
  id: 'registry/dtor-limit',
  severity: 'error',
  errno: 'E2BIG',
  title: 'A BTF has fewer destructor pairs than BTF_DTOR_KFUNC_MAX_CNT',
  explanation:
    'Reaching the number is an error already, so one less is the most. Registration then frees all pairs of that BTF (kernel/bpf/btf.c, register_btf_id_dtor_kfuncs()).',
  kernels: 'those with destructor pairs; the limit is in the profile',
  messages: {
    default: {
      message: '{owner} comes to more destructor pairs than the {most} that the kernel takes',
      suggestion: 'register fewer pairs, or some from another module',
    },
  },
  examples: { bad: pairs(256), good: pairs(255) },
  check({ registry, report }) {
    for (const model of registry.model.kernels) {
      for (const { source, dtors: failed, errno } of failedRegistrations(model).dtors) {
        const most = (model.kernel.limits.dtor_max_cnt ?? 0) - 1;
        const place = failed[failed.length > most ? most : failed.length - 1]?.place;
        if (errno === -ERRNO.E2BIG && place !== undefined) {
          report({ message: 'default', values: { owner: source.owner, most }, place, kernels: [model.kernel] });
        }
      }
    }
  },
});
