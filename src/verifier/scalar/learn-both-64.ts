import type { Draft } from './draft.ts';
import { addHi, subHi } from './int64.ts';
import type { JumpOp } from './jump-op.ts';
import { lowerSmax, lowerUmax, raiseSmin, raiseUmin } from './narrow.ts';
import { intersectBits } from './tnum.ts';

/** What two numbers learn from a 64-bit comparison of one with the other, turned so that it is =, < or <= (v6.8). */
export function learn64(op: JumpOp, a: Draft, b: Draft): void {
  switch (op) {
    case 'jle':
      lowerUmax(a, b.umaxHi, b.umaxLo);
      raiseUmin(b, a.uminHi, a.uminLo);
      return;
    case 'jlt':
      lowerUmax(a, subHi(b.umaxHi, b.umaxLo, 0, 1), (b.umaxLo - 1) | 0);
      raiseUmin(b, addHi(a.uminHi, a.uminLo, 0, 1), (a.uminLo + 1) | 0);
      return;
    case 'jsle':
      lowerSmax(a, b.smaxHi, b.smaxLo);
      raiseSmin(b, a.sminHi, a.sminLo);
      return;
    case 'jslt':
      lowerSmax(a, subHi(b.smaxHi, b.smaxLo, 0, 1), (b.smaxLo - 1) | 0);
      raiseSmin(b, addHi(a.sminHi, a.sminLo, 0, 1), (a.sminLo + 1) | 0);
      return;
    case 'jeq':
      equal64(a, b);
  }
}

function equal64(a: Draft, b: Draft): void {
  raiseUmin(a, b.uminHi, b.uminLo);
  lowerUmax(a, b.umaxHi, b.umaxLo);
  raiseSmin(a, b.sminHi, b.sminLo);
  lowerSmax(a, b.smaxHi, b.smaxLo);
  b.uminHi = a.uminHi;
  b.uminLo = a.uminLo;
  b.umaxHi = a.umaxHi;
  b.umaxLo = a.umaxLo;
  b.sminHi = a.sminHi;
  b.sminLo = a.sminLo;
  b.smaxHi = a.smaxHi;
  b.smaxLo = a.smaxLo;
  intersectBits(a, b);
  b.valueHi = a.valueHi;
  b.valueLo = a.valueLo;
  b.maskHi = a.maskHi;
  b.maskLo = a.maskLo;
}
