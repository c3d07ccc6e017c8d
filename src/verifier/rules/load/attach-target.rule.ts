import { defineRule } from '../rule.ts';

export const attachTargetRefused = defineRule({
  id: 'load/attach-target',
  errno: 'EINVAL',
  title: 'The program can be attached where it says',
  explanation: 'kernel/bpf/syscall.c, bpf_prog_load_check_attach(); kernel/bpf/verifier.c, check_attach_btf_id().',
  message: 'the program can not be loaded for this: {why}',
  suggestion: 'attach it to something else',
  examples: {
    bad: {
      progType: 'tracing',
      attachType: 24,
      code: `
      r0 = 0
      exit`,
    },
    good: {
      progType: 'tracing',
      attachType: 24,
      attach: { kind: 'function', name: 'bpf_fentry_test1' },
      code: `
      r0 = 0
      exit`,
    },
  },
});
