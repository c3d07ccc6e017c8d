import type { KernelModel } from '../declarations/model.ts';
import { areExclusive } from '../c/config-expression.ts';
import { conditionOf, entriesOf, type KfuncEntry } from './walk.ts';
import { defineRule } from './rule.ts';

const twoSets = (flags: string): string =>
  `source: kernel/bpf/acme.c
owner: vmlinux
sets:
  - name: acme_get_set
    hooks: [xdp]
    kfuncs:
      - { name: acme_get, flags: [acquire] }
  - name: acme_peek_set
    hooks: [xdp]
    kfuncs:
      - { name: acme_get${flags} }
`;

export const conflictingFlags = defineRule({
  id: 'registry/conflicting-flags',
  severity: 'error',
  title: 'A kfunc has the same flags wherever one hook has it',
  explanation:
    'The sets of a hook are put together and sorted by BTF id. Where a kfunc stands in them twice, a binary search finds one of the two by chance, so its flags must be equal (kernel/bpf/btf.c, btf_populate_kfunc_set(), btf_kfunc_id_set_contains()). With a set for each flag, before v6.0, either declaration gives the kfunc the flags of both.',
  kernels: 'all',
  messages: {
    chance: {
      message: '`{name}` has {flags} here and {other} in set `{set}`, and hook `{hook}` holds both',
      suggestion: 'give it the same flags in both places, or declare it in one of them',
    },
    union: {
      message: '`{name}` has {flags} here and {other} in set `{set}`; for hook `{hook}` the kernel adds them up',
      suggestion: 'give it the same flags in both places, or declare it in one of them',
    },
  },
  examples: { bad: twoSets(''), good: twoSets(', flags: [acquire]') },
  check({ registry, report }) {
    for (const model of registry.model.kernels) {
      for (const { first, entry, hook } of meetings(model)) {
        const [flags, other] = [words(entry.kfunc.flags), words(first.kfunc.flags)];
        if (flags !== other && !areExclusive(conditionOf(first), conditionOf(entry))) {
          const { kernel, kfunc } = entry;
          const message = kernel.layout === 'id_set' ? 'union' : 'chance';
          const values = { name: kfunc.name, flags, other, set: first.set.name, hook };
          const related = [{ message: 'the other entry', place: first.kfunc.place }];
          report({ message, values, place: kfunc.place, kernel, related });
        }
      }
    }
  },
});

/** A kfunc that a hook of one BTF has twice. */
interface Meeting {
  readonly first: KfuncEntry;
  readonly entry: KfuncEntry;
  readonly hook: string;
}

function* meetings(model: KernelModel): Generator<Meeting> {
  const byName = new Map<string, KfuncEntry[]>();
  for (const entry of entriesOf(model)) {
    const known = byName.get(entry.kfunc.name);
    if (known === undefined) {
      byName.set(entry.kfunc.name, [entry]);
    } else {
      known.push(entry);
    }
  }
  for (const entries of byName.values()) {
    const callable = entries.length < 2 ? [] : entries.filter(({ kfunc }) => kfunc.check);
    for (const [index, entry] of callable.entries()) {
      for (const hook of hooksOf(entry)) {
        const first = callable
          .slice(0, index)
          .find((each) => each.source.owner === entry.source.owner && hooksOf(each).has(hook));
        if (first !== undefined) {
          yield { first, entry, hook };
        }
      }
    }
  }
}

function hooksOf({ set }: KfuncEntry): ReadonlySet<string> {
  return new Set(set.registrations.map(({ hook }) => hook));
}

function words(flags: readonly string[]): string {
  return flags.length === 0 ? 'no flags' : flags.map((flag) => `\`${flag}\``).join(', ');
}
