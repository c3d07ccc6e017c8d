import type { SetModel } from '../declarations/model.ts';
import type { Place } from '../declarations/place.ts';
import type { Registry } from '../declarations/registry.ts';
import { areExclusive } from '../c/config-expression.ts';
import { conditionOf, eachKfunc, type KfuncEntry } from './walk.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

export const duplicateEntry = defineRule({
  id: 'registry/duplicate-entry',
  severity: 'warning',
  title: 'A kfunc stands once in a set',
  explanation:
    'The kernel keeps both entries; each counts towards the most that a hook may have (kernel/bpf/btf.c, btf_populate_kfunc_set()).',
  kernels: 'all',
  messages: {
    default: { message: '`{name}` stands in set `{set}` already', suggestion: 'remove one of the two entries' },
  },
  examples: { bad: kfuncs(['acme_get', 'acme_get']), good: kfuncs(['acme_get']) },
  check({ registry, report }) {
    const suspects = placesOfRepeating(registry);
    const seen = new Map<SetModel, Map<string, KfuncEntry>>();
    for (const entry of suspects.size === 0 ? [] : eachKfunc(registry).filter(({ set }) => suspects.has(set.place))) {
      const { kernels, set, kfunc } = entry;
      const names = seen.get(set) ?? new Map<string, KfuncEntry>();
      seen.set(set, names);
      const first = names.get(kfunc.name);
      if (first === undefined) {
        names.set(kfunc.name, entry);
      } else if (!areExclusive(conditionOf(first), conditionOf(entry))) {
        const related = [{ message: 'the first entry', place: first.kfunc.place }];
        report({
          message: 'default',
          values: { name: kfunc.name, set: set.name },
          place: kfunc.place,
          kernels,
          related,
        });
      }
    }
  },
});

/** Where the sets stand in which a name is written twice: for any kernel, or for different ones. */
function placesOfRepeating({ files }: Registry): ReadonlySet<Place> {
  const repeating = files
    .flatMap(({ sets }) => sets)
    .filter(({ kfuncs }) => new Set(kfuncs.map(({ name }) => name)).size < kfuncs.length);
  return new Set(repeating.map(({ place }) => place));
}
