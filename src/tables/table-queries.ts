import type { KernelTable, KfuncSet } from './kernel-table.ts';
import { setEntries } from './set-entries.ts';

/**
 * The kfuncs that programs of a hook may call, in the order of the table, each once: those registered for the hook or
 * for all program types. Taken from the table alone, as if everything in it registered without error.
 *
 * @param hook a hook of the kernel; another one does not compile
 */
export function kfuncsOf<Name extends string, HookName extends string>(
  table: KernelTable<Name, HookName>,
  hook: NoInfer<HookName>,
): readonly Name[] {
  const names = new Set<Name>();
  for (const set of [...setsOf(table, 'common'), ...setsOf(table, hook)]) {
    for (const [name, word] of setEntries(set)) if (isCallable(table, word)) names.add(name);
  }
  return [...names];
}

/**
 * The flags of a kfunc in a hook, or undefined if programs of that hook may not call it. Taken from the table alone.
 *
 * Where several sets have it, layout id_set joins their flags, since each set type is one set for the kernel; in the
 * other layouts sets for all program types come first, then the order of the table decides, and the kernel leaves it to
 * chance.
 *
 * @param name a kfunc of the table, and `hook` a hook of the kernel; others do not compile
 */
export function flagsOf<Name extends string, HookName extends string, FlagName extends string>(
  table: KernelTable<Name, HookName, FlagName>,
  name: NoInfer<Name>,
  hook: NoInfer<HookName>,
): readonly FlagName[] | undefined {
  const words = [...setsOf(table, 'common'), ...setsOf(table, hook)].flatMap((set) =>
    [...setEntries(set)].filter(([entry]) => entry === name).map(([, word]) => word),
  );
  const word = table.profile.layout === 'id_set' ? words.reduce((all, one) => all | one, 0) : words[0];
  if (word === undefined || !isCallable(table, word)) return undefined;
  const flags: Readonly<Record<FlagName, number>> = table.profile.flags;
  const names = Object.keys(flags) as FlagName[];
  return names.filter((flag) => (word & (1 << flags[flag])) !== 0);
}

/** The sets registered for a hook. */
function setsOf<Name extends string>(table: KernelTable<Name>, hook: string): readonly KfuncSet<Name>[] {
  const progTypes = table.profile.hooks[hook]?.prog_types ?? [];
  return table.sets.filter(
    (set) =>
      set.progTypes.some((progType) => progTypes.includes(progType)) || (hook === 'fmodret' && set.fmodret === true),
  );
}

/** With layout id_set only the check set, bit 0, makes a kfunc callable; else being in a set does. */
function isCallable(table: KernelTable, word: number): boolean {
  return table.profile.layout !== 'id_set' || (word & 1) !== 0;
}
