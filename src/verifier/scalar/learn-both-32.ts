import type { Draft } from './draft.ts';
import type { JumpOp } from './jump-op.ts';
import { lowerS32max, lowerU32max, raiseS32min, raiseU32min } from './narrow.ts';

/** What two numbers learn from a 32-bit comparison of one with the other, turned so that it is =, < or <= (v6.8). */
export function learn32(op: JumpOp, a: Draft, b: Draft): void {
  switch (op) {
    case 'jle':
      lowerU32max(a, b.u32max);
      raiseU32min(b, a.u32min);
      return;
    case 'jlt':
      lowerU32max(a, (b.u32max - 1) | 0);
      raiseU32min(b, (a.u32min + 1) | 0);
      return;
    case 'jsle':
      lowerS32max(a, b.s32max);
      raiseS32min(b, a.s32min);
      return;
    case 'jslt':
      lowerS32max(a, (b.s32max - 1) | 0);
      raiseS32min(b, (a.s32min + 1) | 0);
      return;
    case 'jeq':
      equal32(a, b);
  }
}

function equal32(a: Draft, b: Draft): void {
  raiseU32min(a, b.u32min);
  lowerU32max(a, b.u32max);
  raiseS32min(a, b.s32min);
  lowerS32max(a, b.s32max);
  b.u32min = a.u32min;
  b.u32max = a.u32max;
  b.s32min = a.s32min;
  b.s32max = a.s32max;
  a.maskLo = b.maskLo = a.maskLo & b.maskLo;
  a.valueLo = b.valueLo = (a.valueLo | b.valueLo) & ~a.maskLo;
}
