import type { Ranges } from '../data/explorer-data.ts';
import { newestOf } from '../data/ranges.ts';
import { rangesText, runsOf, type Slot } from './timeline.ts';

/**
 * In short since when, or from when to when: for lines that have a strip beside, which shows what nothing is known of.
 * What came and went more than once is told in full.
 */
export function heldText(timeline: readonly Slot[], ranges: Ranges): string {
  const known = timeline.filter(({ position }) => position !== undefined);
  const held = runsOf(known, ranges).filter(({ kind }) => kind === 'held');
  const [only] = held;
  if (only === undefined || held.length > 1) return rangesText(timeline, ranges);
  const [first, last] = [only.slots[0], only.slots.at(-1)];
  if (newestOf(ranges) === known.at(-1)?.position) return `since ${first?.version ?? ''}`;
  return first === last ? `${first?.version ?? ''} only` : `${first?.version ?? ''} to ${last?.version ?? ''}`;
}
