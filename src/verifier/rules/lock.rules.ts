import { defineRule } from './rule.ts';

export const lockAddress = defineRule({
  id: 'lock/address',
  errno: 'EACCES',
  title: 'bpf_spin_lock() gets the address of a lock',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'R{register} is not the address of a struct bpf_spin_lock: {why}',
  suggestion: 'pass the address of the member of the map value that is the lock',
});

export const lockTwice = defineRule({
  id: 'lock/twice',
  errno: 'EACCES',
  title: 'One lock is held at a time',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'a lock is taken while another is held',
  suggestion: 'release the other one first',
});

export const unlockNothing = defineRule({
  id: 'lock/not-held',
  errno: 'EACCES',
  title: 'Only a lock that is held is released',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'a lock is released, and none is held',
  suggestion: 'take the lock first, on every path',
});

export const unlockOther = defineRule({
  id: 'lock/other',
  errno: 'EACCES',
  title: 'The lock that was taken is released',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'another lock is released than the one that is held',
  suggestion: 'look the value up once, and use the same pointer for both',
});

export const callUnderLock = defineRule({
  id: 'lock/call',
  errno: 'EINVAL',
  title: 'Nothing is called while a lock is held',
  explanation: 'But for bpf_spin_unlock() (kernel/bpf/verifier.c, do_check()).',
  message: 'a function is called while a spin lock is held',
  suggestion: 'call it before the lock is taken, or after it is released',
});

export const lockHeldAtExit = defineRule({
  id: 'lock/held-at-exit',
  errno: 'EINVAL',
  title: 'Locks are released before a function ends',
  explanation: 'kernel/bpf/verifier.c, do_check().',
  message: 'the function ends with a spin lock held',
  suggestion: 'call bpf_spin_unlock() on every path',
});

export const loadAbsUnderLock = defineRule({
  id: 'lock/load-abs',
  errno: 'EINVAL',
  title: 'BPF_LD_ABS and BPF_LD_IND are not used while a lock is held',
  explanation: 'They may end the program (kernel/bpf/verifier.c, check_ld_abs()).',
  message: 'packet data is loaded by BPF_LD_ABS or BPF_LD_IND while a spin lock is held',
  suggestion: 'load it before the lock is taken',
});
