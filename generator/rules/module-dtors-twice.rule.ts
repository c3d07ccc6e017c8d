import { ERRNO } from '../../src/tables/errno.ts';
import { below } from '../declarations/place.ts';
import { dtors } from './example.ts';
import { failedRegistrations } from './registrations.ts';
import { defineRule } from './rule.ts';

export const moduleDtorsTwice = defineRule({
  id: 'registry/module-dtors-twice',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A module registers destructor pairs once',
  explanation:
    'Each source file registers its pairs with one call, and the kernel takes one call of a module. A second one fails and frees the pairs of the first (kernel/bpf/btf.c, register_btf_id_dtor_kfuncs()).',
  kernels: 'those with destructor pairs',
  messages: {
    default: {
      message: 'module `{owner}` registers destructor pairs a second time',
      suggestion: 'declare all pairs of the module in one source file',
    },
  },
  // One file can't break it: the test puts a second source file of the same module beside it.
  examples: {
    bad: dtors(['{ type: acme, kfunc: acme_put }'], ['void acme_put(struct acme *a)']),
    good: dtors(['{ type: acme, kfunc: acme_put }'], ['void acme_put(struct acme *a)']),
  },
  check({ registry, report }) {
    for (const model of registry.model.kernels) {
      for (const { source, dtors: failed, errno } of failedRegistrations(model).dtors) {
        const [first] = failed;
        if (errno === -ERRNO.EINVAL && first !== undefined) {
          const values = { owner: source.owner };
          report({ message: 'default', values, place: below(first.place, 'type'), kernels: [model.kernel] });
        }
      }
    }
  },
});
