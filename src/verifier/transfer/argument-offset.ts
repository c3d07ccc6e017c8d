import { checkPointerOffset } from './pointer-offset.ts';
import { dynptrOffset } from '../rules/dynptr/offset.rule.ts';
import { releaseMoved } from '../rules/ref/release-moved.rule.ts';
import { reject } from '../rules/rule.ts';
import { FLAG, type Register } from '../state/register.ts';

export interface OffsetUse {
  /** The reference is released. */
  readonly isRelease: boolean;
  /** Whatever is released must not have been moved, since v6.2; before, objects of BTF alone. */
  readonly whateverItIs?: boolean;
  readonly isDynptr: boolean;
  /** A record of a ring buffer, which must be given as it was reserved. */
  readonly isAllocated: boolean;
}

/**
 * How far a pointer may have been moved to be an argument: check_func_arg_reg_off(), kernel/bpf/verifier.c.
 *
 * @throws Rejection
 */
export function checkArgumentOffset(number: number, register: Register, use: OffsetUse): void {
  const { type, flags, off } = register;
  if (use.isRelease && use.whateverItIs === true) {
    if (use.isDynptr && type === 'stack') return;
    if (off !== 0) reject(releaseMoved, { register: number, offset: off }, { registers: [number] });
    checkPointerOffset(number, register, false);
    return;
  }
  switch (type) {
    case 'stack':
    case 'packet':
    case 'packet_meta':
    case 'map_key':
    case 'map_value':
    case 'mem':
    case 'buf':
    case 'scalar':
      if (!mayMove(type, flags)) break;
      if (type === 'stack' && use.isDynptr && off % 8 !== 0) {
        reject(dynptrOffset, { register: number, offset: off }, { registers: [number] });
      }
      if (!use.isAllocated) return;
      break;
    case 'btf':
      if (flags !== 0 && flags !== FLAG.trusted && flags !== FLAG.rcu && flags !== FLAG.own) break;
      if (use.isRelease && off !== 0) reject(releaseMoved, { register: number, offset: off }, { registers: [number] });
      checkPointerOffset(number, register, true);
      return;
    default:
  }
  checkPointerOffset(number, register, false);
}

/** Flags and all, the type is one of those that the kernel lists. */
function mayMove(type: Register['type'], flags: number): boolean {
  if (flags === 0) return true;
  if (type === 'mem') return flags === FLAG.readOnly || flags === FLAG.allocated;
  return type === 'buf' && flags === FLAG.readOnly;
}
