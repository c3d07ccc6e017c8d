import { setConstant, type Draft } from './draft.ts';
import {
  forgetBits,
  forgetBounds32,
  forgetBounds64,
  forgetSigned32,
  forgetSigned64,
  forgetUnsigned32,
  forgetUnsigned64,
} from './forget.ts';
import type { Scalar } from './scalar.ts';

export type DivisionOp = 'div' | 'mod' | 'sdiv' | 'smod';

/**
 * A quotient or remainder by a constant (scalar_min_max_udiv and its kin, v7.0). 64-bit divisions are done with BigInt:
 * there is none in the halves, and programs divide seldom.
 */
export function divide(op: DivisionOp, is64: boolean, d: Draft, by: Scalar): void {
  if (is64 ? (by.uminHi | by.uminLo) === 0 : by.u32min === 0) {
    if (op === 'div' || op === 'sdiv') setConstant(d, 0, 0);
  } else if (is64) {
    divide64(op, d, op === 'div' || op === 'mod' ? unsigned(by.uminHi, by.uminLo) : signed(by.sminHi, by.sminLo));
  } else {
    divide32(op, d, op === 'div' || op === 'mod' ? by.u32min >>> 0 : by.s32min);
  }
}

function divide32(op: DivisionOp, d: Draft, by: number): void {
  if (op === 'div') {
    d.u32min = ((d.u32min >>> 0) / by) | 0;
    d.u32max = ((d.u32max >>> 0) / by) | 0;
    forgetSigned32(d);
  } else if (op === 'sdiv') {
    signedQuotient32(d, by);
    forgetUnsigned32(d);
  } else if (op === 'mod') {
    const most = by - 1;
    if (d.u32max >>> 0 <= most) return;
    d.u32min = 0;
    d.u32max = most | 0;
    forgetSigned32(d);
  } else {
    const most = Math.abs(by) - 1;
    const least = 0 - most;
    if (d.s32min >= least && d.s32max <= most) return;
    const { s32min, s32max } = d;
    d.s32min = s32min >= 0 ? 0 : s32max <= 0 ? Math.max(s32min, least) : least;
    d.s32max = s32min >= 0 ? Math.min(s32max, most) : s32max <= 0 ? 0 : most;
    forgetUnsigned32(d);
  }
  forgetBounds64(d);
  forgetBits(d);
}

function signedQuotient32(d: Draft, by: number): void {
  if (d.s32min === -0x80000000 && by === -1) {
    // The least number has no opposite: it stays, and with any other nothing is known.
    if (d.s32max !== -0x80000000) forgetSigned32(d);
    return;
  }
  const one = (d.s32min / by) | 0;
  const other = (d.s32max / by) | 0;
  d.s32min = Math.min(one, other);
  d.s32max = Math.max(one, other);
}

function divide64(op: DivisionOp, d: Draft, by: bigint): void {
  if (op === 'div') {
    setUnsigned(d, unsigned(d.uminHi, d.uminLo) / by, unsigned(d.umaxHi, d.umaxLo) / by);
    forgetSigned64(d);
  } else if (op === 'sdiv') {
    signedQuotient64(d, by);
    forgetUnsigned64(d);
  } else if (op === 'mod') {
    if (unsigned(d.umaxHi, d.umaxLo) < by) return;
    setUnsigned(d, 0n, by - 1n);
    forgetSigned64(d);
  } else {
    const most = (by < 0n ? -by : by) - 1n;
    const min = signed(d.sminHi, d.sminLo);
    const max = signed(d.smaxHi, d.smaxLo);
    if (min >= -most && max <= most) return;
    if (min >= 0n) setSigned(d, 0n, max < most ? max : most);
    else if (max <= 0n) setSigned(d, min > -most ? min : -most, 0n);
    else setSigned(d, -most, most);
    forgetUnsigned64(d);
  }
  forgetBounds32(d);
  forgetBits(d);
}

function signedQuotient64(d: Draft, by: bigint): void {
  const min = signed(d.sminHi, d.sminLo);
  const max = signed(d.smaxHi, d.smaxLo);
  if (min === LEAST && by === -1n) {
    if (max !== LEAST) forgetSigned64(d);
    return;
  }
  const one = min / by;
  const other = max / by;
  setSigned(d, one < other ? one : other, one < other ? other : one);
}

const LEAST = -(1n << 63n);

function setUnsigned(d: Draft, min: bigint, max: bigint): void {
  d.uminHi = upper(min);
  d.uminLo = lower(min);
  d.umaxHi = upper(max);
  d.umaxLo = lower(max);
}

function setSigned(d: Draft, min: bigint, max: bigint): void {
  d.sminHi = upper(min);
  d.sminLo = lower(min);
  d.smaxHi = upper(max);
  d.smaxLo = lower(max);
}

function lower(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

function upper(value: bigint): number {
  return Number(BigInt.asIntN(32, value >> 32n));
}

function signed(hi: number, lo: number): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}

function unsigned(hi: number, lo: number): bigint {
  return (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
}
