import type { AttachType, ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import type { Kernel } from '../kernel.ts';
import type { AttachedTo } from './attach-target.ts';
import { layOutArguments, type ArgumentSlot } from './argument-layout.ts';
import type { ContextLoad } from './context-load.ts';

/** sizeof(u64) * MAX_BPF_FUNC_ARGS, include/linux/bpf.h. */
const LIMIT = 96;

/** The arguments that a program gets of what it is attached to. */
export interface ArgumentAccess {
  /** By slots of eight bytes; undefined: refused. */
  readonly slots: readonly (ArgumentSlot | undefined)[];
  /** Whether bpf_tracing_ctx_access() comes first: it refuses stores, and offsets from LIMIT on. */
  readonly isGuarded: boolean;
}

/** Opens the arguments that a program gets. */
export function openArguments(
  kernel: Kernel,
  target: AttachedTo,
  attachType: AttachType | undefined,
  rules: ProgTypeRules,
): ArgumentAccess {
  return {
    slots: layOutArguments(kernel, target, attachType, rules),
    isGuarded: rules.prog_type !== 'lsm',
  };
}

/**
 * An access to the arguments: what it gives, or undefined where it is refused. LSM programs may store, which changes
 * nothing: bpf_lsm_verifier_ops, kernel/bpf/bpf_lsm.c, names btf_ctx_access() as it stands.
 */
export function accessArguments(
  access: ArgumentAccess,
  offset: number,
  size: number,
  isWrite: boolean,
): ContextLoad | undefined {
  if (offset < 0 || (offset & 7) !== 0) return undefined;
  if (access.isGuarded && (isWrite || offset >= LIMIT)) return undefined;
  const slot = access.slots[offset >>> 3];
  if (slot === undefined || (slot.isWholeOnly && size !== 8)) return undefined;
  return slot.load;
}
