import type { Btf } from '../btf/btf.ts';
import { findIdByName } from '../btf/find.ts';
import { profileDistance } from '../btf/profile-distance.ts';
import type { KernelTable } from '../tables/kernel-table.ts';
import { setEntries } from '../tables/set-entries.ts';

/**
 * The versions that a vmlinux may be of, among those that have a table: they differ from it in the fewest program types and
 * hooks, and of those in the fewest kfuncs. Kernels are configured differently, so several may be as near.
 */
export function likelyVersions(vmlinux: Btf, tables: readonly KernelTable[]): readonly string[] {
  const known = new Set(tables.flatMap((table) => [...ownKfuncs(table)]));
  const present = new Set([...known].filter((name) => findIdByName(vmlinux, name, 'func') !== undefined));
  const distances = tables.map((table) => ({
    version: table.profile.version,
    profile: profileDistance(vmlinux, table.profile),
    kfuncs: difference(ownKfuncs(table), present),
  }));
  const profile = Math.min(...distances.map((each) => each.profile));
  const near = distances.filter((each) => each.profile === profile);
  const kfuncs = Math.min(...near.map((each) => each.kfuncs));
  return near.filter((each) => each.kfuncs === kfuncs).map(({ version }) => version);
}

/** Kfuncs of vmlinux: those of modules may not be loaded. */
function ownKfuncs({ sets }: KernelTable): ReadonlySet<string> {
  const own = sets.filter(({ owner }) => owner === 'vmlinux');
  return new Set(own.flatMap((set) => Array.from(setEntries(set), ([name]) => name)));
}

function difference(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const missing = (from: ReadonlySet<string>, to: ReadonlySet<string>): number =>
    [...from].filter((name) => !to.has(name)).length;
  return missing(one, other) + missing(other, one);
}
