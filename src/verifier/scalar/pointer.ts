import { addBounds64, subBounds64 } from './add-sub.ts';
import { syncAfterArithmetic } from './bounds.ts';
import { foldConstants } from './constants.ts';
import { createDraft, load, seal } from './draft.ts';
import { forgetBounds32 } from './forget.ts';
import type { ScalarRules } from './rules.ts';
import { ZERO, type Scalar } from './scalar.ts';
import { addBits, subBits } from './tnum.ts';
import { resetViolations } from './violations.ts';

const work = createDraft();

/**
 * The variable part of a pointer to which a scalar was added (adjust_ptr_min_max_vals, BPF_ADD). What is constant and
 * goes into the fixed offset is not for here. Pointers have no 32-bit bounds.
 */
export function pointerAdd(rules: ScalarRules, pointer: Scalar, offset: Scalar): Scalar {
  const folded = foldConstants('add', true, pointer, offset);
  if (folded !== undefined) return folded;
  const d = load(work, pointer);
  forgetBounds32(d);
  addBounds64(d, offset, false);
  addBits(d, offset);
  syncAfterArithmetic(rules, d);
  resetViolations(rules, d);
  return seal(d, pointer);
}

/** The variable part of a pointer from which a scalar was subtracted (adjust_ptr_min_max_vals, BPF_SUB). */
export function pointerSub(rules: ScalarRules, pointer: Scalar, offset: Scalar): Scalar {
  const folded = foldConstants('sub', true, pointer, offset);
  if (folded !== undefined) return folded;
  const d = load(work, pointer);
  forgetBounds32(d);
  subBounds64(d, offset, false);
  subBits(d, offset);
  syncAfterArithmetic(rules, d);
  resetViolations(rules, d);
  return seal(d, pointer);
}

/** The same of a pointer whose fixed offset alone changed: its bounds are synced all the same. */
export function pointerKeep(rules: ScalarRules, pointer: Scalar): Scalar {
  if (pointer === ZERO) return pointer;
  const d = load(work, pointer);
  forgetBounds32(d);
  syncAfterArithmetic(rules, d);
  resetViolations(rules, d);
  return seal(d, pointer);
}
