import type { ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import type { BtfPrototype } from '../../../btf/btf-type.ts';
import type { ErrnoName } from '../../errno.ts';
import type { Kernel, KernelBtf } from '../kernel.ts';
import { attachFunction } from './attach-function.ts';
import { attachMember } from './attach-member.ts';
import { attachTypeOf, rulesOf, type ContextProgram } from './program-types.ts';
import { holds } from './ranges.ts';

/** What a program is attached to, or why a kernel refuses to load it for that. */
export type AttachResult = { readonly kind: 'none' } | AttachedTo | AttachRejected | AttachUnsupported;

/** A function of the kernel, a tracepoint, or a member of a struct of operations. */
export interface AttachedTo {
  readonly kind: 'function' | 'tracepoint' | 'member';
  /** Of a member: the name of its struct; else empty. */
  readonly struct: string;
  /** The function or member, as BTF names it. */
  readonly name: string;
  /** Where its types are. */
  readonly home: KernelBtf;
  /** FUNC, the typedef of a tracepoint, or the struct of operations. */
  readonly typeId: number;
  readonly prototype: BtfPrototype;
  /** Of a member: its position in the struct; else 0. */
  readonly member: number;
}

export interface AttachRejected {
  readonly kind: 'rejected';
  readonly errno: ErrnoName;
  /** Why, in a sentence without a full stop. */
  readonly reason: string;
}

export interface AttachUnsupported {
  readonly kind: 'unsupported';
  readonly reason: string;
}

/**
 * What a program is attached to: check_attach_btf_id(), kernel/bpf/verifier.c, as far as it does not need the running
 * kernel.
 */
export function attachTarget(kernel: Kernel, program: ContextProgram): AttachResult {
  const rules = rulesOf(program.progType);
  if (rules === undefined) return { kind: 'unsupported', reason: `program type ${program.progType} is not modelled` };
  const sleepable = checkSleepable(kernel, program, rules);
  if (sleepable !== undefined) return sleepable;
  if (rules.target === 'struct_ops') return attachMember(kernel, program, rules);
  if (rules.target === 'function') return attachFunction(kernel, program, rules);
  return { kind: 'none' };
}

function checkSleepable(kernel: Kernel, program: ContextProgram, rules: ProgTypeRules): AttachRejected | undefined {
  const attachType = rules.target === 'struct_ops' ? undefined : attachTypeOf(program);
  const rule = rules.sleepable?.find((each) => holds(each, kernel.version, attachType));
  if (program.sleepable && rule === undefined) {
    return {
      kind: 'rejected',
      errno: 'EINVAL',
      reason: `${program.progType} programs of this kind cannot be sleepable`,
    };
  }
  if (!program.sleepable && rule?.programs === 'must') {
    return { kind: 'rejected', errno: 'EINVAL', reason: `${program.progType} programs have to be sleepable` };
  }
  return undefined;
}
