import { findOfOwner } from '../btf-kernel/find-kfunc.ts';
import { defineBtfRule } from './btf-rule.ts';
import { optionalPairEntries, optionalSetEntries } from './entries.ts';
import { kfuncsIn } from './example.ts';

export const kfuncMissing = defineBtfRule({
  id: 'registry/btf-kfunc-missing',
  severity: 'error',
  title: 'A kfunc is a function of its owner in the BTF',
  explanation:
    'What is not in the BTF gets the id 0 when `.BTF_ids` is filled (tools/bpf/resolve_btfids), and no program can call it. An entry behind a config condition may be missing, and so may all of a built-in source file; a module whose BTF was not given is not judged.',
  kernels: 'those whose BTF is given',
  messages: {
    kfunc: {
      message: '`{name}` is no function in the BTF of {owner}',
      suggestion: 'name the kernels that have it with `since` and `until`, or its condition with `config`',
    },
    dtor: {
      message: 'the destructor `{name}` is no function in the BTF of {owner}',
      suggestion: 'name the kernels that have it with `since` and `until`, or its condition with `config`',
    },
  },
  examples: {
    bad: kfuncsIn(['int acme_read(u32 id)'], ['acme_raed']),
    good: kfuncsIn(['int acme_read(u32 id)'], ['acme_read']),
  },
  check({ judged, report }) {
    const isAbsent = (owner: string, name: string): boolean =>
      findOfOwner(judged.given, owner, name, 'func') === 'absent';
    for (const { source, kfunc, isOptional } of optionalSetEntries(judged)) {
      if (isAbsent(source.owner, kfunc.name) && !isOptional) {
        report({ message: 'kfunc', values: { name: kfunc.name, owner: source.owner }, place: kfunc.place });
      }
    }
    for (const { source, dtor, isOptional } of optionalPairEntries(judged)) {
      if (isAbsent(source.owner, dtor.kfunc) && !isOptional) {
        report({ message: 'dtor', values: { name: dtor.kfunc, owner: source.owner }, place: dtor.place });
      }
    }
  },
});
