import { kindOf } from '../../src/btf/btf.ts';
import { spellPrototype } from '../../src/btf/c/spell.ts';
import { defineBtfRule } from './btf-rule.ts';
import { typedPairEntries } from './entries.ts';
import { dtorsIn } from './example.ts';

export const dtorPrototype = defineBtfRule({
  id: 'registry/btf-dtor-prototype',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A destructor is `void f(T *)`',
  explanation:
    'register_btf_id_dtor_kfuncs() refuses a destructor that returns something, has not exactly one parameter, or whose parameter is not directly a pointer, and with it all pairs of that BTF. It does not look through typedefs or qualifiers (kernel/bpf/btf.c, btf_check_dtor_kfuncs()).',
  kernels: 'those with destructor pairs whose BTF is given',
  messages: {
    default: {
      message: '`{prototype}` is no destructor',
      suggestion: 'register a function `void f(struct {type} *)`, its types no typedefs',
    },
  },
  examples: {
    bad: dtorsIn(['struct acme', 'int acme_put(struct acme *a)'], ['{ type: acme, kfunc: acme_put }']),
    good: dtorsIn(['struct acme', 'void acme_put(struct acme *a)'], ['{ type: acme, kfunc: acme_put }']),
  },
  check({ judged, report }) {
    for (const { dtor, btf, prototype } of typedPairEntries(judged)) {
      const { returns, parameters, isVariadic } = prototype;
      const [only] = parameters;
      const takesPointer = parameters.length === 1 && only !== undefined && kindOf(btf, only.type) === 'ptr';
      if (returns !== 0 || isVariadic || !takesPointer) {
        const values = { prototype: spellPrototype(btf, prototype, dtor.kfunc), type: dtor.type };
        report({ message: 'default', values, place: dtor.place });
      }
    }
  },
});
