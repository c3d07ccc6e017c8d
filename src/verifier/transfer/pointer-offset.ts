import { modifiedPointer } from '../rules/memory/modified-pointer.rule.ts';
import { reject } from '../rules/rule.ts';
import { formatScalar } from '../scalar/format.ts';
import { isConstantZero } from '../scalar/scalar.ts';
import { target } from '../state/describe.ts';
import type { Register } from '../state/register.ts';

/**
 * A pointer is used as it was given: __check_ptr_off_reg(), kernel/bpf/verifier.c.
 *
 * @param constantAllowed a constant offset that is not negative may have been added
 * @throws Rejection if it was moved
 */
export function checkPointerOffset(number: number, pointer: Register, constantAllowed: boolean): void {
  const { off, scalar } = pointer;
  if (off < 0 || (off !== 0 && !constantAllowed)) moved(number, pointer, String(off));
  if (!isConstantZero(scalar)) moved(number, pointer, formatScalar(scalar));
}

function moved(number: number, pointer: Register, offset: string): never {
  reject(modifiedPointer, { register: number, what: target(pointer), offset }, { registers: [number] });
}
