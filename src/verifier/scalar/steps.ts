import { setConstant, type Draft } from './draft.ts';
import { below, subHi } from './int64.ts';

let stepHi = 0;
let stepLo = 0;

/**
 * A range in which only one number has the known bits is that number (the end of __update_reg64_bounds, v7.0). The
 * candidates are the lower end, the next number with these bits, and the last one.
 */
export function learnFromSteps(d: Draft): void {
  const { uminHi, uminLo, umaxHi, umaxLo } = d;
  const lastHi = d.valueHi | d.maskHi;
  const lastLo = d.valueLo | d.maskLo;
  const fits = (uminHi & ~d.maskHi) === d.valueHi && (uminLo & ~d.maskLo) === d.valueLo;
  step(d, uminHi, uminLo);
  const nextHi = stepHi;
  const nextLo = stepLo;
  if (fits) {
    if (below(umaxHi, umaxLo, nextHi, nextLo)) setConstant(d, uminHi, uminLo);
  } else if (nextHi === lastHi && nextLo === lastLo) {
    setConstant(d, lastHi, lastLo);
  } else if (!below(umaxHi, umaxLo, nextHi, nextLo)) {
    step(d, nextHi, nextLo);
    if (below(umaxHi, umaxLo, stepHi, stepLo)) setConstant(d, nextHi, nextLo);
  }
}

/** The smallest number above z that has the known bits, or the last that has (tnum_step). */
function step(d: Draft, zHi: number, zLo: number): void {
  const { valueHi, valueLo, maskHi, maskLo } = d;
  const lastHi = valueHi | maskHi;
  const lastLo = valueLo | maskLo;
  if (!below(zHi, zLo, lastHi, lastLo)) {
    stepHi = lastHi;
    stepLo = lastLo;
    return;
  }
  if (below(zHi, zLo, valueHi, valueLo)) {
    stepHi = valueHi;
    stepLo = valueLo;
    return;
  }
  // Counting in the unknown bits alone: the known ones are set, so that a carry runs through them.
  const aboveHi = subHi(zHi, zLo, valueHi, valueLo);
  const aboveLo = (zLo - valueLo) | 0;
  const wrongHi = aboveHi & ~maskHi;
  const wrongLo = aboveLo & ~maskLo;
  const carryHi = wrongHi === 0 ? 0 : (-1 >>> Math.clz32(wrongHi)) | 0;
  const carryLo = wrongHi !== 0 ? -1 : wrongLo === 0 ? 0 : (-1 >>> Math.clz32(wrongLo)) | 0;
  const filledHi = aboveHi | carryHi | ~maskHi;
  const filledLo = aboveLo | carryLo | ~maskLo;
  const countLo = (filledLo + 1) | 0;
  const countHi = countLo === 0 ? (filledHi + 1) | 0 : filledHi;
  stepHi = valueHi | (countHi & maskHi);
  stepLo = valueLo | (countLo & maskLo);
}
