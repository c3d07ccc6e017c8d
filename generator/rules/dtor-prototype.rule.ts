import type { CType } from '../c/prototype.ts';
import { eachDtor } from './walk.ts';
import { dtors } from './example.ts';
import { defineRule } from './rule.ts';

export const dtorPrototype = defineRule({
  id: 'registry/dtor-prototype',
  severity: 'error',
  errno: 'EINVAL',
  title: 'A destructor is `void f(T *)`',
  explanation:
    'register_btf_id_dtor_kfuncs() refuses a destructor that returns something, has not exactly one parameter, or whose parameter is no pointer, and with it all pairs of that BTF (kernel/bpf/btf.c, btf_check_dtor_kfuncs()).',
  kernels: 'those with destructor pairs',
  messages: {
    default: {
      message: '`{prototype}` is no destructor',
      suggestion: 'register a function `void f(struct {type} *)`',
    },
  },
  examples: {
    bad: dtors(['{ type: acme, kfunc: acme_put }'], ['int acme_put(struct acme *a)']),
    good: dtors(['{ type: acme, kfunc: acme_put }'], ['void acme_put(struct acme *a)']),
  },
  check({ registry, report }) {
    for (const { kernels, dtor } of eachDtor(registry)) {
      if (dtor.prototype === undefined) {
        continue;
      }
      const { returns, params, isVariadic, text } = dtor.prototype.prototype;
      const isVoid = returns.text === 'void';
      const [only] = params;
      if (!isVoid || isVariadic || params.length !== 1 || only === undefined || !isBarePointer(only.type)) {
        const related = [{ message: 'the prototype', place: dtor.prototype.place }];
        report({
          message: 'default',
          values: { prototype: text, type: dtor.type },
          place: dtor.place,
          kernels,
          related,
        });
      }
    }
  },
});

/** The type must be a pointer itself: the kernel looks through no typedef and no const. */
function isBarePointer({ text, pointers, isFunction }: CType): boolean {
  return pointers > 0 && (isFunction || /[*\]]$/.test(text));
}
