import { below } from '../declarations/place.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

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
    for (const { kernel, sources } of registry.model.kernels) {
      const limit = kernel.limits.ksym_name_len - 1;
      const names = sources.flatMap(({ sets, dtors }) => [
        ...sets.flatMap((set) => set.kfuncs.map(({ name, place }) => ({ name, place }))),
        ...dtors.flatMap(({ type, kfunc, place }) => [
          { name: type, place: below(place, 'type') },
          { name: kfunc, place: below(place, 'kfunc') },
        ]),
      ]);
      for (const { name, place } of names.filter(({ name }) => name.length > limit)) {
        report({ message: 'default', values: { length: name.length, limit }, place, kernel });
      }
    }
  },
});
