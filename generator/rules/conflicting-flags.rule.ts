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
    const seen = new Map<string, KfuncEntry>();
    for (const entry of eachKfunc(registry)) {
      const { kernel, source, set, kfunc } = entry;
      if (!kfunc.check) {
        continue;
      }
      for (const hook of new Set(set.registrations.map((registration) => registration.hook))) {
        const key = [kernel.version, source.owner, hook, kfunc.name].join(' ');
        const first = seen.get(key);
        if (first === undefined) {
          seen.set(key, entry);
          continue;
        }
        const [flags, other] = [words(kfunc.flags), words(first.kfunc.flags)];
        if (flags !== other && !areExclusive(conditionOf(first), conditionOf(entry))) {
          const message = kernel.layout === 'id_set' ? 'union' : 'chance';
          const values = { name: kfunc.name, flags, other, set: first.set.name, hook };
          const related = [{ message: 'the other entry', place: first.kfunc.place }];
          report({ message, values, place: kfunc.place, kernel, related });
        }
      }
    }
  },
});

function words(flags: readonly string[]): string {
  return flags.length === 0 ? 'no flags' : flags.map((flag) => `\`${flag}\``).join(', ');
}
