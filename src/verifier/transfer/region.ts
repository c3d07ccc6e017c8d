import { minimumNegative } from '../rules/memory/negative-offset.rule.ts';
import { outOfBounds } from '../rules/memory/out-of-bounds.rule.ts';
import { unbounded } from '../rules/memory/unbounded.rule.ts';
import { reject } from '../rules/rule.ts';
import { signedMin, unsignedMax } from '../scalar/scalar.ts';
import { target } from '../state/describe.ts';
import type { Register } from '../state/register.ts';

/** BPF_MAX_VAR_OFF. */
const MAX_VARIABLE_OFFSET = 2 ** 29;
const S64_MIN = -(2 ** 63);

/**
 * An access with a variable offset lies within a piece of memory: check_mem_region_access(), kernel/bpf/verifier.c.
 *
 * @param number the register, for the report
 * @param offset with the pointer's own, without its variable part
 * @param limit bytes of the memory
 * @param zeroAllowed an access of no bytes is one, too
 * @throws Rejection if it does not
 */
export function checkRegion(
  number: number,
  pointer: Register,
  offset: number,
  size: number,
  limit: number,
  zeroAllowed: boolean,
): void {
  const { scalar } = pointer;
  const min = signedMin(scalar);
  if (min < 0 && (min === S64_MIN || min + offset < -(2 ** 31) || min + offset < 0)) {
    reject(minimumNegative, { register: number }, { registers: [number] });
  }
  checkBounds(number, pointer, min + offset, size, limit, zeroAllowed);
  const max = unsignedMax(scalar);
  if (max >= MAX_VARIABLE_OFFSET) reject(unbounded, { register: number }, { registers: [number] });
  checkBounds(number, pointer, max + offset, size, limit, zeroAllowed);
}

/** __check_mem_access(). @throws Rejection */
function checkBounds(
  number: number,
  pointer: Register,
  offset: number,
  size: number,
  limit: number,
  zeroAllowed: boolean,
): void {
  if (offset >= 0 && (size > 0 || (size === 0 && zeroAllowed)) && offset + size <= limit) return;
  reject(outOfBounds, { size, offset, what: target(pointer), limit }, { registers: [number] });
}
