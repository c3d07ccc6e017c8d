import { findOfOwner } from '../btf-kernel/find-kfunc.ts';
import { below } from '../declarations/place.ts';
import { defineBtfRule } from './btf-rule.ts';
import { optionalPairEntries } from './entries.ts';
import { dtorsIn } from './example.ts';

export const dtorType = defineBtfRule({
  id: 'registry/btf-dtor-type',
  severity: 'error',
  title: 'The type of a destructor pair is a struct in the BTF',
  explanation:
    'The kernel does not check it: a pair with another type registers, and no map can hold a kptr of it (kernel/bpf/btf.c, register_btf_id_dtor_kfuncs() and btf_parse_kptrs()).',
  kernels: 'those with destructor pairs whose BTF is given',
  messages: {
    default: {
      message: 'there is no struct `{type}` in the BTF of {owner}',
      suggestion: 'name the struct, without `struct`, whose objects the destructor frees',
    },
  },
  examples: {
    bad: dtorsIn(['void acme_put(void *a)'], ['{ type: acme, kfunc: acme_put }']),
    good: dtorsIn(['struct acme', 'void acme_put(void *a)'], ['{ type: acme, kfunc: acme_put }']),
  },
  check({ judged, report }) {
    for (const { source, dtor, isOptional } of optionalPairEntries(judged)) {
      if (findOfOwner(judged.given, source.owner, dtor.type, 'struct') === 'absent' && !isOptional) {
        const values = { type: dtor.type, owner: source.owner };
        report({ message: 'default', values, place: below(dtor.place, 'type') });
      }
    }
  },
});
