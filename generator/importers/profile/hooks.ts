import type { Kernel } from '../../../generated/types/kernel.ts';
import { enumMembers } from '../c/constants.ts';
import { bodyOf } from '../c/functions.ts';
import type { CToken } from '../c/token.ts';

/**
 * The hooks of kernel/bpf/btf.c: enum btf_kfunc_hook, each with the program types that bpf_prog_type_to_kfunc_hook()
 * maps to it, in the order of its cases; undefined where one of the two is missing.
 */
export function readHooks(tokens: readonly CToken[]): Kernel['hooks'] | undefined {
  const members = enumMembers(tokens, 'btf_kfunc_hook');
  const body = bodyOf(tokens, /^bpf_prog_type_to_kfunc_hook$/);
  if (members === undefined || body === undefined) {
    return undefined;
  }
  const progTypes = new Map<string, string[]>();
  let cases: string[] = [];
  for (const [at, { text }] of body.entries()) {
    const next = body[at + 1]?.text ?? '';
    if (text === 'case') {
      cases.push(next.replace('BPF_PROG_TYPE_', '').toLowerCase());
    } else if (text === 'return') {
      progTypes.set(next, [...(progTypes.get(next) ?? []), ...cases]);
      cases = [];
    }
  }
  const hooks = [...members].filter(([name]) => name !== 'BTF_KFUNC_HOOK_MAX');
  return Object.fromEntries(
    hooks.map(([name, value]) => [
      name.replace('BTF_KFUNC_HOOK_', '').toLowerCase(),
      { value, prog_types: progTypes.get(name) ?? [] },
    ]),
  );
}
