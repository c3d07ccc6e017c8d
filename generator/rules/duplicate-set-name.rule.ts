import { below } from '../declarations/place.ts';
import { declaration } from './example.ts';
import { defineRule } from './rule.ts';

const twoSets = (name: string): string =>
  declaration(`sets:
  - { name: acme_kfunc_set, hooks: [xdp], kfuncs: [acme_get] }
  - { name: ${name}, hooks: [tc], kfuncs: [acme_get] }
`);

export const duplicateSetName = defineRule({
  id: 'registry/duplicate-set-name',
  severity: 'error',
  title: 'Sets of a source file have different names',
  explanation:
    'The sets of one file become variables of one C file, and BTF id sets of one object, where resolve_btfids refuses a name that stands twice (tools/bpf/resolve_btfids/main.c).',
  kernels: 'all',
  messages: {
    default: {
      message: 'this file has a set `{name}` already',
      suggestion: 'name it otherwise, or register the first set for both hooks',
    },
  },
  examples: { bad: twoSets('acme_kfunc_set'), good: twoSets('acme_tc_kfunc_set') },
  check({ registry, report }) {
    for (const { kernel, sources } of registry.model.kernels) {
      for (const { sets } of sources) {
        for (const [index, { name, place }] of sets.entries()) {
          const first = sets.slice(0, index).find((set) => set.name === name);
          if (first !== undefined) {
            const related = [{ message: 'the first set', place: below(first.place, 'name') }];
            report({ message: 'default', values: { name }, place: below(place, 'name'), kernel, related });
          }
        }
      }
    }
  },
});
