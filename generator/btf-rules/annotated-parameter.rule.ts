import type { Btf } from '../../src/btf/btf.ts';
import type { BtfParameter } from '../../src/btf/btf-type.ts';
import { spellPrototype } from '../../src/btf/c/spell.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import { defineBtfRule } from './btf-rule.ts';
import { isPointer, isScalar } from './btf-shapes.ts';
import { typedSetEntries } from './entries.ts';
import { kfuncsIn } from './example.ts';

/** What the parameter of a name has to be. A suffix that is not here (`__ign`) says nothing about the type. */
const SIZES = ['__sz', '__szk'];
const SCALARS = ['__k', 'rdonly_buf_size', 'rdwr_buf_size'];
const POINTERS = [
  '__alloc',
  '__uninit',
  '__refcounted_kptr',
  '__opt',
  '__nullable',
  '__str',
  '__iter',
  '__map',
  '__irq_flag',
  '__prog',
];

export const annotatedParameter = defineBtfRule({
  id: 'registry/btf-annotated-parameter',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A parameter whose name means something to the verifier has the type that goes with it',
  explanation:
    'The verifier reads the ends of parameter names: `__sz` and `__szk` are the size of the memory that the parameter before points to, `__k` is a constant, most others speak about a pointer. On another type the name has no effect, or the call is refused (kernel/bpf/btf.c, is_kfunc_arg_mem_size(); from v6.3 on kernel/bpf/verifier.c, check_kfunc_args()).',
  kernels: 'those whose BTF is given; the names are in the profile',
  messages: {
    size: {
      message: '`{param}` in `{prototype}` is not the size of a pointer before it',
      suggestion: 'make it an integer right behind the pointer whose size it is, or drop the suffix from its name',
    },
    scalar: {
      message: '`{param}` in `{prototype}` is no integer',
      suggestion: 'make it an integer, or give it another name',
    },
    pointer: {
      message: '`{param}` in `{prototype}` is no pointer',
      suggestion: 'make it a pointer, or drop the suffix from its name',
    },
  },
  examples: {
    bad: kfuncsIn(['int acme_read(u32 buf__sz, void *buf)'], ['acme_read']),
    good: kfuncsIn(['int acme_read(void *buf, u32 buf__sz)'], ['acme_read']),
  },
  check({ judged, report }) {
    for (const { kfunc, btf, prototype } of typedSetEntries(judged)) {
      for (const [index, parameter] of prototype.parameters.entries()) {
        const message = wrongWith(btf, parameter, prototype.parameters[index - 1], judged.model.kernel);
        if (message !== undefined) {
          const values = { param: parameter.name, prototype: spellPrototype(btf, prototype, kfunc.name) };
          report({ message, values, place: kfunc.place });
        }
      }
    }
  },
});

function wrongWith(
  btf: Btf,
  { name, type }: BtfParameter,
  before: BtfParameter | undefined,
  { args }: Kernel,
): 'size' | 'scalar' | 'pointer' | undefined {
  // The ends are compared whole: `__szk` does not end in `__k`, nor in `__sz`.
  const known = [...args.suffixes.filter((suffix) => name.endsWith(suffix)), ...args.names.filter((n) => n === name)];
  const isOneOf = (names: readonly string[]): boolean => known.some((each) => names.includes(each));
  if (isOneOf(SIZES) && (!isScalar(btf, type) || before === undefined || !isPointer(btf, before.type))) {
    return 'size';
  }
  if (isOneOf(SCALARS) && !isScalar(btf, type)) {
    return 'scalar';
  }
  return isOneOf(POINTERS) && !isPointer(btf, type) ? 'pointer' : undefined;
}
