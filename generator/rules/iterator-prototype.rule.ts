import type { Flag } from '../../generated/types/declaration.ts';
import type { Prototype } from '../c/prototype.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';
import { eachTypedKfunc, pointerness } from './walk.ts';

const ROLES = { iter_new: 'new', iter_next: 'next', iter_destroy: 'destroy' } as const satisfies Partial<
  Record<Flag, string>
>;

const iterator = (next: string): string =>
  kfuncs(['{ name: bpf_iter_acme_next, flags: [iter_next], since: v6.4 }'], [next]);

export const iteratorPrototype = defineRule({
  id: 'registry/iterator-prototype',
  severity: 'error',
  errno: 'EINVAL',
  title: 'An iterator kfunc has the name and the prototype of one',
  explanation:
    'The three functions of an iterator take a pointer to its state, a struct whose name begins with `bpf_iter_`, first, and are named after it. `iter_next` and `iter_destroy` take nothing else; `iter_next` returns a pointer, `iter_destroy` nothing. The kernel refuses the whole set of a kfunc that differs (kernel/bpf/btf.c, btf_check_iter_kfuncs()).',
  kernels: 'those that check prototypes at registration, from v6.4 on',
  messages: {
    roles: { message: '`{name}` has more than one of {flags}', suggestion: 'keep the flag of what it does' },
    state: {
      message: '`{name}` is an iterator kfunc and does not take a pointer to a `struct bpf_iter_…` first',
      suggestion: 'take the state of the iterator first',
    },
    name: {
      message: '`{name}` has the flag `{flag}` and would have to be called `{wanted}`',
      suggestion: 'name it after the state of the iterator',
    },
    arguments: { message: '`{name}` has the flag `{flag}` and takes more than the state', suggestion: 'take it alone' },
    result: {
      message: '`{name}` has the flag `{flag}` and returns `{type}`',
      suggestion: '`iter_next` returns a pointer, `iter_destroy` returns void',
    },
  },
  examples: {
    bad: iterator('int bpf_iter_acme_next(struct bpf_iter_acme *it)'),
    good: iterator('int *bpf_iter_acme_next(struct bpf_iter_acme *it)'),
  },
  check({ registry, report }) {
    for (const { kernels: all, kfunc, prototype } of eachTypedKfunc(registry)) {
      const flags = (['iter_new', 'iter_next', 'iter_destroy'] as const).filter((flag) => kfunc.flags.includes(flag));
      const [flag, second] = flags;
      const kernels = flag === undefined ? [] : all.filter(({ registration }) => registration.prototypes === 'checked');
      if (flag === undefined || kernels.length === 0) {
        continue;
      }
      const { name } = kfunc;
      const at = { place: kfunc.place, kernels, related: [{ message: 'the prototype', place: prototype.place }] };
      const { params, returns, isVariadic } = prototype.prototype;
      const state = stateOf(prototype.prototype);
      const wanted = `${state ?? ''}_${ROLES[flag]}`;
      if (second !== undefined) {
        report({ message: 'roles', values: { name, flags: flags.map((each) => `\`${each}\``).join(', ') }, ...at });
      } else if (state === undefined) {
        report({ message: 'state', values: { name }, ...at });
      } else if (name !== wanted) {
        report({ message: 'name', values: { name, flag, wanted }, ...at });
      } else if (flag !== 'iter_new' && (params.length !== 1 || isVariadic)) {
        report({ message: 'arguments', values: { name, flag }, ...at });
      } else if (
        (flag === 'iter_next' && pointerness(returns) === 'none') ||
        (flag === 'iter_destroy' && returns.text !== 'void')
      ) {
        report({ message: 'result', values: { name, flag, type: returns.text }, ...at });
      }
    }
  },
});

/** The name of the struct that the first parameter points to, if it is one of an iterator. */
function stateOf({ params: [first] }: Prototype): string | undefined {
  return first?.type.pointers === 1 ? /^struct (bpf_iter_\w+)$/.exec(first.type.base)?.[1] : undefined;
}
