/**
 * The kernel versions that came out between two, oldest first: v6.15 and v6.16 between v6.14 and v6.17. Where a major
 * version ends can't be told from its number, so that of two major versions only those of the newer one count.
 */
export function versionsBetween(older: string, newer: string): readonly string[] {
  const [oldMajor, oldMinor] = numbersOf(older);
  const [major, minor] = numbersOf(newer);
  const first = oldMajor === major ? oldMinor + 1 : 0;
  return Array.from({ length: Math.max(0, minor - first) }, (_, index) => `v${String(major)}.${String(first + index)}`);
}

function numbersOf(version: string): readonly [number, number] {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  return [major, minor];
}
