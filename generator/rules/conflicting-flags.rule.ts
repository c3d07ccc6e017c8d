import type { Kernel } from '../../generated/types/kernel.ts';
import type { Registry } from '../declarations/registry.ts';
import { areExclusive } from '../c/config-expression.ts';
import { conditionOf, eachKfunc, type KfuncEntry } from './walk.ts';
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
    for (const { first, entry, hook, kernel } of meetings(registry)) {
      const [flags, other] = [words(entry.kfunc.flags), words(first.kfunc.flags)];
      if (flags !== other && !areExclusive(conditionOf(first), conditionOf(entry))) {
        const { kfunc } = entry;
        const message = kernel.layout === 'id_set' ? 'union' : 'chance';
        const values = { name: kfunc.name, flags, other, set: first.set.name, hook };
        const related = [{ message: 'the other entry', place: first.kfunc.place }];
        report({ message, values, place: kfunc.place, kernels: [kernel], related });
      }
    }
  },
});

/** A kfunc that a hook of one BTF has twice. */
interface Meeting {
  readonly first: KfuncEntry;
  readonly entry: KfuncEntry;
  readonly hook: string;
  readonly kernel: Kernel;
}

function* meetings(registry: Registry): Generator<Meeting> {
  for (const entries of entriesOfRepeated(registry).values()) {
    for (const { kernel } of registry.model.kernels) {
      const callable = entries.filter(({ kfunc, kernels }) => kfunc.check && kernels.includes(kernel));
      for (const [index, entry] of callable.entries()) {
        for (const hook of hooksOf(entry)) {
          const first = callable
            .slice(0, index)
            .find((each) => each.source.owner === entry.source.owner && hooksOf(each).has(hook));
          if (first !== undefined) {
            yield { first, entry, hook, kernel };
          }
        }
      }
    }
  }
}

/** The entries of those kfuncs that are declared more than once: few are. */
function entriesOfRepeated(registry: Registry): ReadonlyMap<string, readonly KfuncEntry[]> {
  const declared = new Set<string>();
  const repeated = new Map<string, KfuncEntry[]>();
  for (const { kfuncs } of registry.files.flatMap(({ sets }) => sets)) {
    for (const { name } of kfuncs) {
      if (declared.has(name)) {
        repeated.set(name, []);
      }
      declared.add(name);
    }
  }
  for (const entry of eachKfunc(registry)) {
    repeated.get(entry.kfunc.name)?.push(entry);
  }
  return repeated;
}

function hooksOf({ set }: KfuncEntry): ReadonlySet<string> {
  return new Set(set.registrations.map(({ hook }) => hook));
}

function words(flags: readonly string[]): string {
  return flags.length === 0 ? 'no flags' : flags.map((flag) => `\`${flag}\``).join(', ');
}
