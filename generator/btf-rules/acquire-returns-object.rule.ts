import { spellType } from '../../src/btf/c/spell.ts';
import { defineBtfRule } from './btf-rule.ts';
import { isPointer, isPointerToObject } from './btf-shapes.ts';
import { typedSetEntries } from './entries.ts';
import { kfuncsIn } from './example.ts';

export const acquireReturnsObject = defineBtfRule({
  id: 'registry/btf-acquire-returns-object',
  severity: 'error',
  errno: 'EINVAL',
  title: 'An acquire kfunc returns a pointer, from v6.1 on to a struct',
  explanation:
    'The reference that it acquires is carried by a pointer, in kernels from v6.1 on to a kernel object. With another result the verifier refuses every call (kernel/bpf/verifier.c, check_kfunc_call()). A pointer to void is let pass: what programs allocate gets its type at the call.',
  kernels: 'those whose BTF is given',
  messages: {
    default: {
      message: '`{name}` is an acquire kfunc and returns `{type}`, which is no pointer to a struct',
      suggestion: 'drop `acquire`, or return a pointer to the object',
    },
  },
  examples: {
    bad: kfuncsIn(['int *acme_get(u32 id)'], ['{ name: acme_get, flags: [acquire, ret_null] }']),
    good: kfuncsIn(['struct acme *acme_get(u32 id)'], ['{ name: acme_get, flags: [acquire, ret_null] }']),
  },
  check({ judged, report }) {
    const isFit = judged.model.kernel.calls.acquire_result === 'object' ? isPointerToObject : isPointer;
    for (const { kfunc, btf, prototype } of typedSetEntries(judged)) {
      if (kfunc.flags.includes('acquire') && !isFit(btf, prototype.returns)) {
        const values = { name: kfunc.name, type: spellType(btf, prototype.returns) };
        report({ message: 'default', values, place: kfunc.place });
      }
    }
  },
});
