import type { Kernel } from '../../../generated/types/kernel.ts';
import { bodyOf } from '../c/functions.ts';
import type { CToken } from '../c/token.ts';

/** How check_kfunc_call() in kernel/bpf/verifier.c checks calls where kernels differ, told by what it calls. */
export function readCalls(tokens: readonly CToken[]): Kernel['calls'] {
  const call = bodyOf(tokens, /^check_kfunc_call$/) ?? [];
  return { acquire_result: call.some(({ text }) => text === 'btf_type_is_struct_ptr') ? 'object' : 'pointer' };
}
