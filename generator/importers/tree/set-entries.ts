import type { Kernel } from '../../../generated/types/kernel.ts';
import { configOf, conjunction, without, type Conjunction } from './conditions.ts';
import type { IdEntry, IdSection } from './id-sections.ts';
import type { KfuncIdSet } from './kfunc-id-sets.ts';
import type { Report } from './problem.ts';
import type { TreeKfunc } from './tree-model.ts';

/** What a kernel's profile tells of how sets are laid out. */
export type SetLayout = Pick<Kernel, 'layout' | 'set_types' | 'flags' | 'prog_types'>;

/**
 * The kfuncs of a struct btf_kfunc_id_set.
 *
 * @param outer the conditions of the set itself, which its entries need not repeat
 */
export function readSetEntries(
  set: KfuncIdSet,
  sections: ReadonlyMap<string, IdSection>,
  layout: SetLayout,
  outer: Conjunction,
  report: Report,
): readonly TreeKfunc[] {
  const isFlagged = layout.layout !== 'id_set';
  const members = isFlagged ? ['set'] : (layout.set_types ?? []).map((type) => `${type}_set`);
  for (const member of set.members.keys()) {
    if (!members.includes(member)) {
      report(set.line, `struct btf_kfunc_id_set of this kernel has no member \`${member}\``);
    }
  }
  const lists = members.map((member) => entriesOf(set, member, isFlagged, sections, report));
  const toKfunc = (entry: IdEntry, flags: readonly string[], check: boolean): TreeKfunc => {
    const config = configOf(without(conjunction(entry.conditions, report), outer));
    return { name: entry.name, flags, check, config, line: entry.line };
  };
  if (isFlagged) {
    return (lists[0] ?? []).map((entry) => {
      const flags = (entry.flags ?? []).map((flag) => flag.replace(/^KF_/, '').toLowerCase());
      const isKnown = (flag: string): boolean => Object.hasOwn(layout.flags, flag);
      for (const flag of flags.filter((each) => !isKnown(each))) {
        report(entry.line, `this kernel has no flag KF_${flag.toUpperCase()}; it is left out`);
      }
      return toKfunc(entry, flags.filter(isKnown), true);
    });
  }
  for (const { name, conditions, line } of lists.flat()) {
    const other = lists.flat().find((each) => each.name === name);
    if (configOf(conjunction(other?.conditions ?? [], report)) !== configOf(conjunction(conditions, report))) {
      report(line, `${name} stands under other conditions than in another set of ${set.name}; these are left out`);
    }
  }
  const typeFlags = Object.entries(layout.flags).toSorted(([, a], [, b]) => a - b);
  return inOrderOfAll(lists).map((entry) => {
    const isIn = (type: number): boolean => lists[type]?.some(({ name }) => name === entry.name) === true;
    const flags = typeFlags.filter(([, type]) => isIn(type)).map(([flag]) => flag);
    return toKfunc(entry, flags, isIn(0));
  });
}

function entriesOf(
  set: KfuncIdSet,
  member: string,
  isFlagged: boolean,
  sections: ReadonlyMap<string, IdSection>,
  report: Report,
): readonly IdEntry[] {
  const pointer = set.members.get(member);
  const name = pointer?.target;
  if (name === undefined) {
    if (isFlagged) {
      report(set.line, `${set.name} has no id set`);
    }
    return [];
  }
  const section = sections.get(name);
  if (section?.kind !== (isFlagged ? 'set8' : 'set')) {
    report(set.line, `${name}, which ${set.name} points to, is no id set of this file and of this kernel's layout`);
    return [];
  }
  const names = new Set<string>();
  const entries = section.entries.map((entry) => ({
    ...entry,
    conditions: [...entry.conditions, ...(pointer?.conditions ?? [])],
  }));
  return entries.filter((entry) => {
    const conditions = configOf(conjunction(entry.conditions, report)) ?? '';
    if (names.has(`${entry.name} ${conditions}`)) {
      report(entry.line, `${entry.name} stands twice in ${name}; it is taken once`);
      return false;
    }
    names.add(`${entry.name} ${conditions}`);
    const isRight = entry.kind === 'func' && (entry.flags !== undefined) === isFlagged;
    if (!isRight) {
      report(entry.line, `an entry of ${name} is no ${isFlagged ? 'BTF_ID_FLAGS' : 'BTF_ID'}() of a function`);
    }
    return isRight;
  });
}

/**
 * The entries of several sets, each name once, so that the order of every set is kept: what the first set lacks comes
 * after its predecessor in its own set, or at the front.
 */
function inOrderOfAll(lists: readonly (readonly IdEntry[])[]): readonly IdEntry[] {
  const merged = [...(lists[0] ?? [])];
  for (const list of lists.slice(1)) {
    for (const [index, entry] of list.entries()) {
      if (!merged.some(({ name }) => name === entry.name)) {
        const before = list[index - 1]?.name;
        merged.splice(merged.findIndex(({ name }) => name === before) + 1, 0, entry);
      }
    }
  }
  return merged;
}
