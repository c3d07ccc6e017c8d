import { addBounds32, addBounds64 } from './add-sub.ts';
import { createDraft, load, seal } from './draft.ts';
import type { ScalarRules } from './rules.ts';
import type { Scalar } from './scalar.ts';
import { addBits } from './tnum.ts';

const work = createDraft();

/**
 * What is known of a number that differs from a known one by a constant: sync_linked_regs(). The views do not learn from
 * each other there.
 */
export function plus(rules: ScalarRules, s: Scalar, distance: Scalar): Scalar {
  const d = load(work, s);
  addBounds32(d, distance, rules.bothMayOverflow);
  addBounds64(d, distance, rules.bothMayOverflow);
  addBits(d, distance);
  return seal(d, s);
}
