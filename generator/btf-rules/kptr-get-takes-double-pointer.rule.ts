import { spellPrototype } from '../../src/btf/c/spell.ts';
import { defineBtfRule } from './btf-rule.ts';
import { isDoublePointer } from './btf-shapes.ts';
import { typedSetEntries } from './entries.ts';
import { kfuncsIn } from './example.ts';

const ENTRY = '{ name: acme_kptr_get, flags: [acquire, ret_null, { flag: kptr_get, since: v5.19 }] }';

export const kptrGetTakesDoublePointer = defineBtfRule({
  id: 'registry/btf-kptr-get-takes-double-pointer',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc takes a pointer to a pointer to a struct first',
  explanation:
    'Its first argument is the address of a referenced kptr in a map value. With another type the verifier refuses every call (v5.19 to v6.1: kernel/bpf/btf.c, btf_check_func_arg_match()).',
  kernels: 'those with the flag whose BTF is given',
  messages: {
    default: {
      message: '`{prototype}` is a kptr_get kfunc, and its first parameter is no pointer to a pointer to a struct',
      suggestion: 'take `struct T **` first',
    },
  },
  examples: {
    bad: kfuncsIn(['struct acme *acme_kptr_get(struct acme *a)'], [ENTRY]),
    good: kfuncsIn(['struct acme *acme_kptr_get(struct acme **slot)'], [ENTRY]),
  },
  check({ judged, report }) {
    for (const { kfunc, btf, prototype } of typedSetEntries(judged)) {
      const [first] = prototype.parameters;
      const fits = first !== undefined && isDoublePointer(btf, first.type);
      if (kfunc.flags.includes('kptr_get') && !fits) {
        const values = { prototype: spellPrototype(btf, prototype, kfunc.name) };
        report({ message: 'default', values, place: kfunc.place });
      }
    }
  },
});
