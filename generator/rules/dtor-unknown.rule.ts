import type { Kernel } from '../../generated/types/kernel.ts';
import type { Registry } from '../declarations/registry.ts';
import { below } from '../declarations/place.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { eachDtor, eachKfunc } from './walk.ts';
import { declaration } from './example.ts';
import { defineRule } from './rule.ts';

const withDtor = (dtor: string): string =>
  declaration(`sets:
  - { name: acme_kfunc_set, hooks: [xdp], kfuncs: [{ name: acme_put, flags: [release] }] }
dtors:
  - { type: acme, kfunc: ${dtor}, since: v5.19 }
`);

export const dtorUnknown = defineRule({
  id: 'registry/dtor-unknown',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A destructor is a function that is known',
  explanation:
    'A name that BTF does not know resolves to id 0, which is no function, and registration of all pairs fails (kernel/bpf/btf.c, btf_check_dtor_kfuncs()). The destructor need not be a kfunc; then its prototype says that it exists.',
  kernels: 'those with destructor pairs',
  messages: {
    near: {
      message: '`{name}` is neither a declared kfunc nor has it a prototype',
      suggestion: 'did you mean `{nearest}`?',
    },
    far: {
      message: '`{name}` is neither a declared kfunc nor has it a prototype',
      suggestion: 'declare it in a set, or add `void {name}(struct {type} *p)` to the prototypes of this file',
    },
  },
  examples: { bad: withDtor('acme_putt'), good: withDtor('acme_put') },
  check({ registry, report }) {
    const suspects = eachDtor(registry).filter(({ dtor }) => dtor.prototype === undefined);
    const having = kernelsHaving(registry, new Set(suspects.map(({ dtor }) => dtor.kfunc)));
    for (const { kernels: all, dtor, source } of suspects) {
      const kernels = all.filter((kernel) => having.get(dtor.kfunc)?.has(kernel) !== true);
      if (kernels.length === 0) {
        continue;
      }
      const file = registry.files.find((each) => each.file === source.place.file);
      if (file?.isWhole === false) {
        continue;
      }
      const prototypes = (file?.prototypes ?? []).flatMap(({ parsed }) => ('params' in parsed ? [parsed.name] : []));
      // Of this file alone: looked for among all kfuncs, many misspelt names would take very long.
      const own = source.sets.flatMap((set) => set.kfuncs.map(({ name }) => name));
      const near = nearest(dtor.kfunc, [...prototypes, ...own]);
      const at = { place: below(dtor.place, 'kfunc'), kernels };
      if (near === undefined) {
        report({ message: 'far', values: { name: dtor.kfunc, type: dtor.type }, ...at });
      } else {
        report({ message: 'near', values: { name: dtor.kfunc, nearest: near }, ...at });
      }
    }
  },
});

/** The kernels that have a kfunc of each of the names in a set. */
function kernelsHaving(registry: Registry, names: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<Kernel>> {
  const having = new Map<string, Set<Kernel>>();
  if (names.size > 0) {
    for (const { kfunc, kernels } of eachKfunc(registry).filter(({ kfunc }) => names.has(kfunc.name))) {
      having.set(kfunc.name, new Set([...(having.get(kfunc.name) ?? []), ...kernels]));
    }
  }
  return having;
}
