import { syncBounds } from './bounds.ts';
import { truncate } from './cast.ts';
import { createDraft, load, seal } from './draft.ts';
import { forgetBounds } from './forget.ts';
import type { ScalarRules } from './rules.ts';
import { UNKNOWN, type Scalar } from './scalar.ts';
import { resetViolations } from './violations.ts';

const work = createDraft();

/**
 * What is known after BPF_END (scalar_byte_swap): nothing, before v7.0.
 *
 * @param swaps whether the bytes change places, and not only the upper ones go
 */
export function byteSwap(rules: ScalarRules, s: Scalar, bits: 16 | 32 | 64, swaps: boolean): Scalar {
  if (!rules.tracksByteSwap) return UNKNOWN;
  const swapped = swaps ? swap(s, bits) : s;
  const cut = bits === 64 ? swapped : truncate(rules, swapped, bits === 16 ? 2 : 4);
  const d = load(work, cut);
  syncBounds(rules, d);
  resetViolations(rules, d);
  return seal(d, cut);
}

/** Known bits, swapped; of the bounds nothing is left. */
function swap(s: Scalar, bits: 16 | 32 | 64): Scalar {
  const d = load(createDraft(), s);
  forgetBounds(d);
  if (bits === 16) {
    d.valueLo = swap32(s.valueLo) >>> 16;
    d.maskLo = swap32(s.maskLo) >>> 16;
  } else {
    d.valueLo = swap32(bits === 32 ? s.valueLo : s.valueHi);
    d.maskLo = swap32(bits === 32 ? s.maskLo : s.maskHi);
  }
  d.valueHi = bits === 64 ? swap32(s.valueLo) : 0;
  d.maskHi = bits === 64 ? swap32(s.maskLo) : 0;
  return d;
}

function swap32(value: number): number {
  return (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24);
}
