import type { Returns } from '../../../../generated/types/prog-type.ts';
import { kindOf } from '../../../btf/btf.ts';
import { skipTypedefs } from '../../../btf/follow.ts';
import type { Kernel } from '../kernel.ts';
import type { AttachedTo, AttachResult } from './attach-target.ts';
import { isListed } from './function-lists.ts';
import { attachTypeOf, rulesOf, type ContextProgram } from './program-types.ts';
import { holds } from './ranges.ts';

/** What R0 may be where the program itself (no subprogram, no callback) ends. */
export type ReturnRange =
  /** It need not even have been set. */
  | { readonly kind: 'unchecked' }
  /** It has to be readable, and no more. */
  | { readonly kind: 'any' }
  /** It has to be a number from `min` to `max`; else EINVAL. */
  | {
      readonly kind: 'range';
      readonly min: number;
      readonly max: number;
      /** Whether the low 32 bits alone count, as a signed number. */
      readonly lowBits: boolean;
    }
  /** The kernel refuses such programs here, with ENOTSUPP. */
  | { readonly kind: 'refused' };

/** What a program may return: check_return_code(), kernel/bpf/verifier.c. */
export function checkReturnRange(kernel: Kernel, program: ContextProgram, target: AttachResult): ReturnRange {
  const rules = rulesOf(program.progType);
  // The expected attach type of a struct_ops program is the position of a member.
  const attachType = rules?.target === 'struct_ops' ? undefined : attachTypeOf(program);
  const rule = rules?.returns?.find(
    (each) =>
      holds(each, kernel.version, attachType) &&
      fitsTarget(each.target_returns, target) &&
      (each.listed === undefined || (isNamed(target) && isListed(rules, kernel, each.listed, target.name))),
  );
  switch (rule?.rule) {
    case 'range':
      return { kind: 'range', min: rule.min ?? 0, max: rule.max ?? 0, lowBits: rule.low_bits ?? false };
    case 'unchecked':
      return { kind: 'unchecked' };
    case 'unsupported':
      return { kind: 'refused' };
    default:
      return { kind: 'any' };
  }
}

function fitsTarget(wanted: Returns['target_returns'], target: AttachResult): boolean {
  if (wanted === undefined) return true;
  if (!isNamed(target)) return false;
  const { prototype, home } = target;
  if (wanted === 'pointer') return kindOf(home.btf, skipTypedefs(home.btf, prototype.returns)) === 'ptr';
  return (prototype.returns === 0) === (wanted === 'void');
}

function isNamed(target: AttachResult): target is AttachedTo {
  return 'prototype' in target;
}
