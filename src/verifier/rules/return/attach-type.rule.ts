import { defineRule } from '../rule.ts';

export const returnRefused = defineRule({
  id: 'return/attach-type',
  errno: 'ENOTSUPP',
  title: 'The attach type is one whose return value is known',
  explanation: 'kernel/bpf/verifier.c, check_return_code().',
  message: 'what programs of this attach type return is not known to the kernel',
  suggestion: 'set the attach type',
  examples: {
    bad: {
      progType: 'tracing',
      attach: { kind: 'function', name: 'bpf_fentry_test1' },
      attachType: 27,
      code: `
      r0 = 0
      exit`,
    },
    good: {
      progType: 'tracing',
      attach: { kind: 'function', name: 'bpf_fentry_test1' },
      attachType: 24,
      code: `
      r0 = 0
      exit`,
    },
  },
});
