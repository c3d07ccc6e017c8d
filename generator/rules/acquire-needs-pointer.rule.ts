import type { CType } from '../c/prototype.ts';
import { kfuncs } from './example.ts';
import { eachTypedKfunc, pointerness } from './walk.ts';
import { defineRule } from './rule.ts';

export const acquireNeedsPointer = defineRule({
  id: 'registry/acquire-needs-pointer',
  severity: 'error',
  errno: 'EINVAL',
  title: 'An acquire kfunc returns a pointer, from v6.1 on to a struct',
  explanation:
    'The reference that it acquires is carried by the pointer it returns. Without one, and in kernels that ask for more without one to a struct or union, the verifier refuses every call (kernel/bpf/verifier.c, check_kfunc_call()). A pointer to void is let pass: what programs allocate gets its type at the call.',
  kernels: 'all',
  messages: {
    default: {
      message: '`{name}` is an acquire kfunc and returns `{type}`, which is no pointer',
      suggestion: 'drop `acquire`, or return a pointer to the object',
    },
    object: {
      message: '`{name}` is an acquire kfunc and returns `{type}`, which is no pointer to a struct',
      suggestion: 'drop `acquire`, or return a pointer to the object',
    },
  },
  examples: {
    bad: kfuncs(['{ name: acme_get, flags: [acquire] }'], ['int acme_get(u32 id)']),
    good: kfuncs(['{ name: acme_get, flags: [acquire, ret_null] }'], ['struct acme *acme_get(u32 id)']),
  },
  check({ registry, report }) {
    for (const { kernels, kfunc, prototype } of eachTypedKfunc(registry)) {
      if (!kfunc.flags.includes('acquire')) {
        continue;
      }
      const { returns } = prototype.prototype;
      const values = { name: kfunc.name, type: returns.text };
      const at = { values, place: kfunc.place, related: [{ message: 'the prototype', place: prototype.place }] };
      if (pointerness(returns) === 'none') {
        report({ message: 'default', kernels, ...at });
      } else if (isNoObject(returns)) {
        const strict = kernels.filter(({ calls }) => calls.acquire_result === 'object');
        if (strict.length > 0) {
          report({ message: 'object', kernels: strict, ...at });
        }
      }
    }
  },
});

/** A pointer to what is known to be no struct; a typedef may name one. */
function isNoObject({ base, pointers, isFunction }: CType): boolean {
  const isScalar = base !== 'void' && !/^(struct|union) /.test(base) && pointerness({ ...POINTED, base }) === 'none';
  return isFunction || pointers > 1 || (pointers === 1 && isScalar);
}

const POINTED: CType = { text: '', base: '', pointers: 0, isFunction: false };
