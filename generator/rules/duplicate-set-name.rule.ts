import { below } from '../declarations/place.ts';
import type { SetModel } from '../declarations/model.ts';
import { registerName } from '../targets/include-names.ts';
import { declaration } from './example.ts';
import { defineRule } from './rule.ts';
import { eachSource } from './walk.ts';

/** The local variable of the register function (generator/targets/templates/register.hbs). */
const RESULT = 'ret';

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
    reserved: {
      message: 'the header of this file needs the name `{name}` itself',
      suggestion: 'name the set otherwise',
    },
  },
  examples: { bad: twoSets('acme_kfunc_set'), good: twoSets('acme_tc_kfunc_set') },
  check({ registry, report }) {
    for (const { kernels, source } of eachSource(registry)) {
      const seen = new Map<string, SetModel>();
      for (const set of source.sets) {
        const { name } = set;
        const first = seen.get(name);
        const place = below(set.place, 'name');
        if (name === RESULT || name === registerName(source.source)) {
          report({ message: 'reserved', values: { name }, place, kernels });
        } else if (first === undefined) {
          seen.set(name, set);
        } else {
          const related = [{ message: 'the first set', place: below(first.place, 'name') }];
          report({ message: 'default', values: { name }, place, kernels, related });
        }
      }
    }
  },
});
