import { constantNumber, isConstant, signedMax, signedMin } from '../scalar/scalar.ts';
import type { Register } from '../state/register.ts';

/** The offsets at which an access may begin: constant ones have min and max alike. */
export function offsetRange(pointer: Register, offset: number): { readonly min: number; readonly max: number } {
  const { scalar } = pointer;
  if (isConstant(scalar)) {
    const at = constantNumber(scalar) + offset;
    return { min: at, max: at };
  }
  return { min: signedMin(scalar) + offset, max: signedMax(scalar) + offset };
}

/** The offset of a pointer whose variable part is constant. */
export function constantOffset(pointer: Register, offset = 0): number {
  return pointer.off + constantNumber(pointer.scalar) + offset;
}
