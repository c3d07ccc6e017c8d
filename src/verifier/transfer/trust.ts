import { FLAG, type Register } from '../state/register.ts';
import type { Walk } from '../walk/walk.ts';

/** BPF_REG_TRUSTED_MODIFIERS. */
const TRUSTED = FLAG.trusted | FLAG.own;

/** bpf_type_has_unsafe_modifiers(): something about a pointer forbids to trust it. */
export function isUnsafe({ flags }: Register): boolean {
  return (flags & ~TRUSTED) !== 0;
}

/** A pointer whose type in BTF is known though it is none of BTF: reg2btf_ids[]. */
export function isConvertible({ type }: Register): boolean {
  return type === 'socket' || type === 'sock_common' || type === 'tcp_sock' || type === 'map_ptr';
}

/** is_trusted_reg(): a reference is held, or the kernel answers for it. */
export function isTrusted(register: Register): boolean {
  if (register.refId !== 0) return true;
  if (isUnsafe(register)) return false;
  return isConvertible(register) || (register.flags & TRUSTED) !== 0;
}

/** is_rcu_reg(). */
export function isRcu({ flags }: Register): boolean {
  return (flags & FLAG.rcu) !== 0;
}

/** in_rcu_cs(): what RCU protects stays for now. */
export function protectsRcu({ state, prepared }: Walk): boolean {
  return state.inRcu || state.lockOwner !== undefined || !prepared.program.sleepable;
}
