import { defineRule } from '../rule.ts';

export const getFuncIp = defineRule({
  id: 'helper/get-func-ip',
  errno: 'ENOTSUPP',
  title: 'bpf_get_func_ip() is for kprobes and for programs at the start or end of functions',
  explanation: 'kernel/bpf/verifier.c, check_get_func_ip().',
  message: 'bpf_get_func_ip() is not for such a program of type {progType}',
  suggestion: 'attach to a function by fentry, fexit, fmod_ret or a kprobe',
  examples: {
    bad: {
      progType: 'tracing',
      attachType: 28,
      attach: { kind: 'function', name: 'bpf_iter_bpf_map' },
      code: `
      call bpf_get_func_ip
      r0 = 0
      exit`,
    },
    good: {
      progType: 'tracing',
      attachType: 24,
      attach: { kind: 'function', name: 'bpf_fentry_test1' },
      code: `
      call bpf_get_func_ip
      r0 = 0
      exit`,
    },
  },
});
