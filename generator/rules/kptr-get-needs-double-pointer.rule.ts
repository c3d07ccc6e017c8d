import type { CType } from '../c/prototype.ts';
import { eachTypedKfunc, pointerness } from './walk.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

const FLAGS = '{ name: acme_kptr_get, flags: [acquire, ret_null, { flag: kptr_get, since: v5.19, until: v6.4 }] }';

export const kptrGetNeedsDoublePointer = defineRule({
  id: 'registry/kptr-get-needs-double-pointer',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc takes a pointer to a pointer first',
  explanation:
    'Its first argument is the address of a referenced kptr in a map value. With another type the verifier refuses every call (v5.19 to v6.1: kernel/bpf/btf.c, btf_check_func_arg_match()).',
  kernels: 'those with the flag',
  messages: {
    none: { message: '`{name}` is a kptr_get kfunc and takes no arguments', suggestion: 'take `struct T **` first' },
    other: {
      message: '`{name}` is a kptr_get kfunc, and its first parameter `{type}` is no pointer to a pointer',
      suggestion: 'take `struct T **` first',
    },
  },
  examples: {
    bad: kfuncs([FLAGS], ['struct acme *acme_kptr_get(struct acme *a)']),
    good: kfuncs([FLAGS], ['struct acme *acme_kptr_get(struct acme **slot)']),
  },
  check({ registry, report }) {
    for (const { kernels, kfunc, prototype } of eachTypedKfunc(registry)) {
      const [first] = prototype.prototype.params;
      if (!kfunc.flags.includes('kptr_get') || (first !== undefined && mayBeDoublePointer(first.type))) {
        continue;
      }
      const at = { place: kfunc.place, kernels, related: [{ message: 'the prototype', place: prototype.place }] };
      if (first === undefined) {
        report({ message: 'none', values: { name: kfunc.name }, ...at });
      } else {
        report({ message: 'other', values: { name: kfunc.name, type: first.type.text }, ...at });
      }
    }
  },
});

/** A typedef may hide what is missing of two levels. */
function mayBeDoublePointer(type: CType): boolean {
  return type.pointers === 2 || (type.pointers < 2 && pointerness({ ...type, pointers: 0 }) === 'unknown');
}
