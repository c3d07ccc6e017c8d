import { spellType } from '../../src/btf/c/spell.ts';
import { defineBtfRule } from './btf-rule.ts';
import { isPointer, isPointerToStruct } from './btf-shapes.ts';
import { typedSetEntries } from './entries.ts';
import { kfuncsIn } from './example.ts';

export const retNullReturnsPointer = defineBtfRule({
  id: 'registry/btf-ret-null-returns-pointer',
  severity: 'warning',
  title: 'A ret_null kfunc returns a pointer to a struct, or to memory of a known size',
  explanation:
    'Only a pointer can be NULL: on another result the flag has no effect on what programs have to check. In kernels that know no parameter for the size of the memory (`rdonly_buf_size`, `rdwr_buf_size`) it must be one to a struct, or the verifier refuses every call (kernel/bpf/verifier.c, check_kfunc_call()).',
  kernels: 'those whose BTF is given',
  messages: {
    none: {
      message: '`{name}` is a ret_null kfunc and returns `{type}`, which is no pointer',
      suggestion: 'drop `ret_null`, or return a pointer',
    },
    memory: {
      message: '`{name}` is a ret_null kfunc and returns `{type}`, which is no pointer to a struct',
      suggestion: 'return a pointer to a struct',
    },
  },
  examples: {
    bad: kfuncsIn(['int acme_get(u32 id)'], ['{ name: acme_get, flags: [ret_null] }']),
    good: kfuncsIn(['struct acme *acme_get(u32 id)'], ['{ name: acme_get, flags: [ret_null] }']),
  },
  check({ judged, report }) {
    const hasSizes = judged.model.kernel.args.names.length > 0;
    for (const { kfunc, btf, prototype } of typedSetEntries(judged)) {
      if (!kfunc.flags.includes('ret_null')) {
        continue;
      }
      const values = { name: kfunc.name, type: spellType(btf, prototype.returns) };
      // An acquire kfunc has a rule of its own, and one finding is enough.
      if (!isPointer(btf, prototype.returns)) {
        report({ message: 'none', values, place: kfunc.place });
      } else if (!hasSizes && !kfunc.flags.includes('acquire') && !isPointerToStruct(btf, prototype.returns)) {
        report({ message: 'memory', values, place: kfunc.place });
      }
    }
  },
});
