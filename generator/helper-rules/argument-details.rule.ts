import type { Argument, ArgumentType } from '../../generated/types/helper.ts';
import { below } from '../declarations/place.ts';
import { withArgs } from './example.ts';
import { defineHelperRule } from './helper-rule.ts';
import { eachPrototype, itemsOf } from './walk.ts';

/** Arguments that point to objects of a BTF type. */
const OF_BTF_TYPE: readonly ArgumentType[] = ['ptr_to_btf_id', 'ptr_to_spin_lock'];

export const argumentDetails = defineHelperRule({
  id: 'helper/argument-details',
  severity: 'error',
  title: 'Sizes belong to memory of a fixed size, BTF types to pointers to BTF objects',
  explanation:
    'The kernel reads the size of an argument only with MEM_FIXED_SIZE, and its BTF type only with a type that has one (kernel/bpf/verifier.c, check_btf_id_ok()).',
  kernels: 'all',
  messages: {
    size: { message: 'memory with a `size` has the flag `fixed_size`', suggestion: 'add the flag, or remove the size' },
    fixed: { message: 'memory with the flag `fixed_size` has a `size`', suggestion: 'add `size: …`' },
    btf: { message: '`{type}` points to no object of a BTF type', suggestion: 'leave `btf` out' },
  },
  examples: {
    bad: withArgs('{ type: ptr_to_ctx, btf: sock }'),
    good: withArgs('{ type: ptr_to_btf_id, btf: sock }, { type: ptr_to_mem, flags: [fixed_size], size: 8 }'),
  },
  check({ registry, report }) {
    for (const { value: prototype, place } of eachPrototype(registry)) {
      for (const { value, place: at } of itemsOf<ArgumentType | Argument>(registry, place, 'args', prototype.args)) {
        const { type, flags = [], size, btf }: Argument = typeof value === 'string' ? { type: value } : value;
        const isFixed = flags.includes('fixed_size');
        if (size !== undefined && !isFixed) {
          report({ message: 'size', values: {}, place: below(at, 'size') });
        }
        if (isFixed && size === undefined) {
          report({ message: 'fixed', values: {}, place: at });
        }
        if (btf !== undefined && !OF_BTF_TYPE.includes(type)) {
          report({ message: 'btf', values: { type }, place: below(at, 'btf') });
        }
      }
    }
  },
});
