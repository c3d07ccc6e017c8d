import { argumentDetails } from './argument-details.rule.ts';
import { argumentPairs } from './argument-pairs.rule.ts';
import { denyOrPrototype } from './deny-or-prototype.rule.ts';
import { duplicate } from './duplicate.rule.ts';
import { emptyRange } from './empty-range.rule.ts';
import type { HelperRule } from './helper-rule.ts';
import { listCycle } from './list-cycle.rule.ts';
import { overlappingPrototypes } from './overlapping-prototypes.rule.ts';
import { unknownKernel } from './unknown-kernel.rule.ts';
import { unknownName } from './unknown-name.rule.ts';
import { unreachableEntry } from './unreachable-entry.rule.ts';
import { unused } from './unused.rule.ts';

/** Rules that judge each entry by what stands in it or beside it. */
export const ENTRY_RULES: readonly HelperRule[] = [
  unknownKernel,
  emptyRange,
  duplicate,
  overlappingPrototypes,
  listCycle,
  unreachableEntry,
  denyOrPrototype,
  argumentPairs,
  argumentDetails,
];

/** Rules that judge what is missing: they say nothing of files that could not be read whole. */
export const WHOLE_RULES: readonly HelperRule[] = [unknownName, unused];

/** Rules about BPF helpers. */
export const HELPER_RULES: readonly HelperRule[] = [...ENTRY_RULES, ...WHOLE_RULES];
