import type { Draft } from './draft.ts';
import { below, below32, less } from './int64.ts';

/** Bounds that become narrower, if what is learnt is narrower. */

export function raiseUmin(d: Draft, hi: number, lo: number): void {
  if (!below(d.uminHi, d.uminLo, hi, lo)) return;
  d.uminHi = hi;
  d.uminLo = lo;
}

export function lowerUmax(d: Draft, hi: number, lo: number): void {
  if (!below(hi, lo, d.umaxHi, d.umaxLo)) return;
  d.umaxHi = hi;
  d.umaxLo = lo;
}

export function raiseSmin(d: Draft, hi: number, lo: number): void {
  if (!less(d.sminHi, d.sminLo, hi, lo)) return;
  d.sminHi = hi;
  d.sminLo = lo;
}

export function lowerSmax(d: Draft, hi: number, lo: number): void {
  if (!less(hi, lo, d.smaxHi, d.smaxLo)) return;
  d.smaxHi = hi;
  d.smaxLo = lo;
}

export function raiseU32min(d: Draft, value: number): void {
  if (below32(d.u32min, value)) d.u32min = value;
}

export function lowerU32max(d: Draft, value: number): void {
  if (below32(value, d.u32max)) d.u32max = value;
}

export function raiseS32min(d: Draft, value: number): void {
  if (d.s32min < value) d.s32min = value;
}

export function lowerS32max(d: Draft, value: number): void {
  if (value < d.s32max) d.s32max = value;
}
