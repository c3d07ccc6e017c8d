import { versionsBetween } from '../../src/diff/versions-between.ts';
import type { Ranges } from '../data/explorer-data.ts';
import { holds } from '../data/ranges.ts';

/** A kernel version on the axis of time. */
export interface Slot {
  readonly version: string;
  /** Undefined where there is no profile of the version, and so nothing is known of it. */
  readonly position: number | undefined;
}

/** Neighbouring slots about which the same is said. */
export interface Run {
  readonly kind: 'held' | 'absent' | 'unknown';
  readonly slots: readonly Slot[];
}

/** All versions from the oldest to the newest profile, with those between that have none. */
export function timelineOf(versions: readonly string[]): readonly Slot[] {
  return versions.flatMap((version, position) => {
    const before = versions[position - 1];
    const missing = before === undefined ? [] : versionsBetween(before, version);
    return [...missing.map((each) => ({ version: each, position: undefined })), { version, position }];
  });
}

/** The time line in runs: held by the ranges, not held, or not known. */
export function runsOf(timeline: readonly Slot[], ranges: Ranges): readonly Run[] {
  const runs: { kind: Run['kind']; slots: Slot[] }[] = [];
  for (const slot of timeline) {
    const kind = slot.position === undefined ? 'unknown' : holds(ranges, slot.position) ? 'held' : 'absent';
    const last = runs.at(-1);
    if (last?.kind === kind) last.slots.push(slot);
    else runs.push({ kind, slots: [slot] });
  }
  return runs;
}

/** Ranges in words, `v5.18–v6.14, v6.17`: never over a version that nothing is known of. */
export function rangesText(timeline: readonly Slot[], ranges: Ranges): string {
  return runsOf(timeline, ranges)
    .filter(({ kind }) => kind === 'held')
    .map(({ slots }) => {
      const [first, last] = [slots[0]?.version ?? '', slots.at(-1)?.version ?? ''];
      return first === last ? first : `${first}–${last}`;
    })
    .join(', ');
}
