import { compareVersions } from '../declarations/kernel-range.ts';

/** The kernels of an entry, as it is written. */
export interface WrittenRange {
  readonly since?: string;
  readonly until?: string;
}

/** Whether there may be a kernel in both ranges. */
export function overlaps(a: WrittenRange, b: WrittenRange): boolean {
  return isBefore(a.since, b.until) && isBefore(b.since, a.until) && isBefore(a.since, a.until);
}

/** Whether every kernel of one range is in another. */
export function covers(outer: WrittenRange, inner: WrittenRange): boolean {
  const startsInTime =
    outer.since === undefined || (inner.since !== undefined && compareVersions(outer.since, inner.since) <= 0);
  const endsInTime =
    outer.until === undefined || (inner.until !== undefined && compareVersions(inner.until, outer.until) <= 0);
  return startsInTime && endsInTime;
}

/** Whether a range begins before another ends; without a bound it does. */
function isBefore(since: string | undefined, until: string | undefined): boolean {
  return since === undefined || until === undefined || compareVersions(since, until) < 0;
}
