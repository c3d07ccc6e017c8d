import type { Kernel } from '../../generated/types/kernel.ts';
import { below, type Place } from '../declarations/place.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';
import { eachSource } from './walk.ts';

export const nameTooLong = defineRule({
  id: 'registry/name-too-long',
  severity: 'error',
  errno: 'EINVAL',
  title: 'Names fit into KSYM_NAME_LEN',
  explanation:
    'BTF with a longer name is refused by the kernel (kernel/bpf/btf.c, btf_name_valid_identifier()), and with it the module. The limit counts the closing zero.',
  kernels: 'all; the limit is in the profile',
  messages: {
    default: {
      message: 'the name has {length} characters, more than the {limit} that the kernel takes',
      suggestion: 'shorten it',
    },
  },
  examples: { bad: kfuncs([`acme_${'x'.repeat(512)}`]), good: kfuncs(['acme_get']) },
  check({ registry, report }) {
    const shortest = Math.min(...registry.model.kernels.map(({ kernel }) => longestName(kernel)));
    for (const { kernels, source } of eachSource(registry)) {
      const look = (name: string, place: Place, key?: string): void => {
        if (name.length <= shortest) {
          return;
        }
        for (const kernel of kernels.filter((each) => name.length > longestName(each))) {
          const at = key === undefined ? place : below(place, key);
          const values = { length: name.length, limit: longestName(kernel) };
          report({ message: 'default', values, place: at, kernels: [kernel] });
        }
      };
      for (const { name, place } of source.sets.flatMap(({ kfuncs }) => kfuncs)) {
        look(name, place);
      }
      for (const { type, kfunc, place } of source.dtors) {
        look(type, place, 'type');
        look(kfunc, place, 'kfunc');
      }
    }
  },
});

/** Without the zero at its end. */
function longestName({ limits }: Kernel): number {
  return limits.ksym_name_len - 1;
}
