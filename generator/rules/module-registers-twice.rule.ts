import { ERRNO } from '../../src/tables/errno.ts';
import { declaration } from './example.ts';
import { failedRegistrations } from './registrations.ts';
import { defineRule } from './rule.ts';

const twoSets = (hook: string): string =>
  declaration(`sets:
  - { name: acme_get_set, hooks: [xdp], kfuncs: [acme_get] }
  - { name: acme_put_set, hooks: [${hook}], kfuncs: [acme_put] }
`);

export const moduleRegistersTwice = defineRule({
  id: 'registry/module-registers-twice',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A module registers once for a hook',
  explanation:
    'The kernel takes one set of a module for each hook (with a set for each flag: for each hook and set type). A second one fails and frees the whole table of the module; two program types of one hook count as twice, and so do sets under conditions that exclude each other (kernel/bpf/btf.c, btf_populate_kfunc_set()).',
  kernels: 'all',
  messages: {
    default: {
      message: 'module `{owner}` registers a second time for hook `{hook}`{by}',
      suggestion: 'put the kfuncs into the set that the module registers for this hook already',
    },
  },
  examples: { bad: twoSets('xdp'), good: twoSets('tc') },
  check({ registry, report }) {
    for (const model of registry.model.kernels) {
      for (const { source, registration, errno } of failedRegistrations(model).sets) {
        if (errno === -ERRNO.EINVAL) {
          const { hook, progType } = registration;
          const by = progType === undefined ? '' : `, by program type \`${progType}\``;
          const values = { owner: source.owner, hook, by };
          report({ message: 'default', values, place: registration.place, kernels: [model.kernel] });
        }
      }
    }
  },
});
