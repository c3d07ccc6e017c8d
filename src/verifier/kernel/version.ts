/** A kernel version as declarations name it, `v6.1`, as one number that orders: 0x60001. */
export type VersionNumber = number;

/** @throws RangeError if it is no version */
export function versionNumber(version: string): VersionNumber {
  const match = /^v(\d+)\.(\d+)$/.exec(version);
  if (match === null) throw new RangeError(`${version} is no kernel version such as v6.1`);
  return Number(match[1]) * 0x10000 + Number(match[2]);
}

/** The kernels for which something holds: from `since` on, up to but without `until`. */
export interface VersionRange {
  readonly since?: string;
  readonly until?: string;
}

/** Whether a version is in a range. @throws RangeError if the range holds what is no version */
export function isIn(range: VersionRange, version: VersionNumber): boolean {
  return (
    (range.since === undefined || version >= versionNumber(range.since)) &&
    (range.until === undefined || version < versionNumber(range.until))
  );
}
