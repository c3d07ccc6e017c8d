import type { EntryData, KfuncData } from '../data/explorer-data.ts';
import { holds, lineIn } from '../data/ranges.ts';

/** Registrations of a kfunc that are alike but for the hook. */
export interface RegistrationGroup {
  /** The first of them; the others differ from it in hook and program types. */
  readonly entry: EntryData;
  readonly line: number | undefined;
  readonly hooks: readonly string[];
}

/** How a kernel registers a kfunc: a group a set and its flags. */
export function groupRegistrations({ entries }: KfuncData, position: number): readonly RegistrationGroup[] {
  const groups = new Map<string, { entry: EntryData; line: number | undefined; hooks: string[] }>();
  for (const entry of entries) {
    if (!holds(entry.kernels, position)) continue;
    const { set, source, owner, flags, config, filter, isUncallable } = entry;
    const key = JSON.stringify([set, source, owner, flags, config, filter, isUncallable]);
    const group = groups.get(key) ?? { entry, line: lineIn(entry, position), hooks: [] };
    groups.set(key, group);
    if (!group.hooks.includes(entry.hook)) group.hooks.push(entry.hook);
  }
  return [...groups.values()];
}
