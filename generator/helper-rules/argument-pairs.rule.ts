import type { Argument, ArgumentType, Prototype } from '../../generated/types/helper.ts';
import { withArgs } from './example.ts';
import { defineHelperRule } from './helper-rule.ts';
import { eachPrototype, itemsOf } from './walk.ts';

/** More registers than this pass no argument. */
const MAX_ARGS = 5;

export const argumentPairs = defineHelperRule({
  id: 'helper/argument-pairs',
  severity: 'error',
  title: 'Memory and its size stand side by side, and arguments fit into registers',
  explanation:
    'Memory without a fixed size is followed by its size, and a size follows memory: the kernel calls a prototype misconfigured else (kernel/bpf/verifier.c, check_arg_pair_ok()). Five registers pass arguments.',
  kernels: 'all',
  messages: {
    memory: {
      message: 'memory is not followed by its size',
      suggestion: 'put `const_size` behind it, or give a `size`',
    },
    size: { message: 'the size follows no memory', suggestion: 'put it behind the memory that it is the size of' },
    many: { message: 'a helper has five arguments at most', suggestion: 'leave this one out' },
  },
  examples: { bad: withArgs('const_size, anything'), good: withArgs('ptr_to_mem, const_size') },
  check({ registry, report }) {
    for (const { value, place } of eachPrototype(registry)) {
      const args = itemsOf<Prototype['args'][number]>(registry, place, 'args', value.args);
      args.forEach(({ value: argument, place: at }, index) => {
        const isSized = isMemory(args[index - 1]?.value);
        if (isMemory(argument) && !isSize(args[index + 1]?.value)) {
          report({ message: 'memory', values: {}, place: at });
        } else if (isSize(argument) && !isSized) {
          report({ message: 'size', values: {}, place: at });
        } else if (index === MAX_ARGS) {
          report({ message: 'many', values: {}, place: at });
        }
      });
    }
  },
});

type Written = ArgumentType | Argument | undefined;

function isMemory(argument: Written): boolean {
  return typeof argument === 'object'
    ? argument.type === 'ptr_to_mem' && argument.flags?.includes('fixed_size') !== true
    : argument === 'ptr_to_mem';
}

function isSize(argument: Written): boolean {
  const type = typeof argument === 'object' ? argument.type : argument;
  return type === 'const_size' || type === 'const_size_or_zero';
}
