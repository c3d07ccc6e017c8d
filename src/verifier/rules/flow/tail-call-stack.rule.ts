import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const tailCallStackTooLarge = defineRule({
  id: 'flow/tail-call-stack',
  errno: 'EACCES',
  title: 'Below a function with a tail call lie less than 256 bytes of stack',
  explanation: 'kernel/bpf/verifier.c, check_max_stack_depth().',
  message: 'the functions before one with a tail call take {bytes} bytes of stack',
  suggestion: 'do tail calls in the main function, or keep large variables in a map',
  examples: programs(
    {
      bad: `
      *(u64 *)(r10 -256) = 0
      call part
      exit
      part: r2 = map[progs] ll
      r3 = 0
      call bpf_tail_call
      r0 = 0
      exit`,
      good: `
      *(u64 *)(r10 -224) = 0
      call part
      exit
      part: r2 = map[progs] ll
      r3 = 0
      call bpf_tail_call
      r0 = 0
      exit`,
    },
    { withTypes: true },
  ),
});
