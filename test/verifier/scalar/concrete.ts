import type { AluOp } from '../../../src/verifier/scalar/alu.ts';
import type { JumpOp } from '../../../src/verifier/scalar/branch.ts';
import { constant, type Scalar } from '../../../src/verifier/scalar/scalar.ts';

/** What BPF computes, on real numbers: the verifier's bookkeeping has to hold whatever comes out here. */

export const ALU_OPS: readonly AluOp[] = [
  'add',
  'sub',
  'mul',
  'div',
  'mod',
  'sdiv',
  'smod',
  'and',
  'or',
  'xor',
  'lsh',
  'rsh',
  'arsh',
];

export const JUMP_OPS: readonly JumpOp[] = [
  'jeq',
  'jne',
  'jgt',
  'jge',
  'jlt',
  'jle',
  'jsgt',
  'jsge',
  'jslt',
  'jsle',
  'jset',
];

/** An operation on two unsigned 64-bit numbers. */
export function compute(op: AluOp, is64: boolean, left: bigint, right: bigint): bigint {
  const bits = is64 ? 64 : 32;
  const a = BigInt.asUintN(bits, left);
  const b = BigInt.asUintN(bits, right);
  return BigInt.asUintN(bits, computeWide(op, bits, a, b));
}

function computeWide(op: AluOp, bits: number, a: bigint, b: bigint): bigint {
  const by = b & BigInt(bits - 1);
  switch (op) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return b === 0n ? 0n : a / b;
    case 'mod':
      return b === 0n ? a : a % b;
    case 'sdiv':
      return b === 0n ? 0n : BigInt.asIntN(bits, a) / BigInt.asIntN(bits, b);
    case 'smod':
      return b === 0n ? a : BigInt.asIntN(bits, a) % BigInt.asIntN(bits, b);
    case 'and':
      return a & b;
    case 'or':
      return a | b;
    case 'xor':
      return a ^ b;
    case 'lsh':
      return a << by;
    case 'rsh':
      return a >> by;
    case 'arsh':
      return BigInt.asIntN(bits, a) >> by;
  }
}

/** Whether a jump on two unsigned 64-bit numbers is taken. */
export function jumps(op: JumpOp, is64: boolean, left: bigint, right: bigint): boolean {
  const bits = is64 ? 64 : 32;
  const a = BigInt.asUintN(bits, left);
  const b = BigInt.asUintN(bits, right);
  const sa = BigInt.asIntN(bits, a);
  const sb = BigInt.asIntN(bits, b);
  switch (op) {
    case 'jeq':
      return a === b;
    case 'jne':
      return a !== b;
    case 'jgt':
      return a > b;
    case 'jge':
      return a >= b;
    case 'jlt':
      return a < b;
    case 'jle':
      return a <= b;
    case 'jsgt':
      return sa > sb;
    case 'jsge':
      return sa >= sb;
    case 'jslt':
      return sa < sb;
    case 'jsle':
      return sa <= sb;
    case 'jset':
      return (a & b) !== 0n;
  }
}

/** The lower bytes of a number in the other order. */
export function reverseBytes(value: bigint, bytes: number): bigint {
  let reversed = 0n;
  for (let i = 0; i < bytes; i++) reversed = (reversed << 8n) | ((value >> BigInt(i * 8)) & 0xffn);
  return reversed;
}

/** Whether a number is one of those that a scalar stands for. */
export function holds(s: Scalar, value: bigint): boolean {
  const v = BigInt.asUintN(64, value);
  const sv = BigInt.asIntN(64, v);
  const v32 = BigInt.asUintN(32, v);
  const sv32 = BigInt.asIntN(32, v);
  const known = ~unsigned(s.maskHi, s.maskLo);
  return (
    (v & known) === unsigned(s.valueHi, s.valueLo) &&
    unsigned(s.uminHi, s.uminLo) <= v &&
    v <= unsigned(s.umaxHi, s.umaxLo) &&
    signed(s.sminHi, s.sminLo) <= sv &&
    sv <= signed(s.smaxHi, s.smaxLo) &&
    BigInt(s.u32min >>> 0) <= v32 &&
    v32 <= BigInt(s.u32max >>> 0) &&
    BigInt(s.s32min) <= sv32 &&
    sv32 <= BigInt(s.s32max)
  );
}

/** Whether every field is an int32, which keeps objects small and arithmetic fast. */
export function isSmall(s: Scalar): boolean {
  return Object.values(s).every((field: number) => Object.is(field, field | 0));
}

export function constantOf(value: bigint): Scalar {
  return constant(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
}

export function signed(hi: number, lo: number): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}

export function unsigned(hi: number, lo: number): bigint {
  return BigInt.asUintN(64, signed(hi, lo));
}
