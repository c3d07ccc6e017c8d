import { defineRule } from '../rule.ts';

export const getFuncIp = defineRule({
  id: 'helper/get-func-ip',
  errno: 'ENOTSUPP',
  title: 'bpf_get_func_ip() is for kprobes and for programs at the start or end of functions',
  explanation: 'kernel/bpf/verifier.c, check_get_func_ip().',
  message: 'bpf_get_func_ip() is not for such a program of type {progType}',
  suggestion: 'attach to a function by fentry, fexit, fmod_ret or a kprobe',
});
