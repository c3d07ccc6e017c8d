import type { Kernel, SetType } from '../../generated/types/kernel.ts';
import { allConditions } from '../declarations/entries.ts';
import type { KfuncModel, SetModel } from '../declarations/model.ts';
import { progTypeName } from '../declarations/rows.ts';
import { groupsOf, membersOf, without, type Conditional, type Group } from './include-gate.ts';
import { checkedIdentifier, type ClaimName } from './include-names.ts';

/** A struct btf_kfunc_id_set. */
export interface SetView {
  readonly name: string;
  readonly idSets: readonly Group<IdSetView>[];
  /** The program types of its registration calls, in order, as the kernel spells them. */
  readonly progTypes: readonly string[];
  /** Whether it is registered for fmod_ret programs, which no program type stands for. */
  readonly isFmodret: boolean;
  /** The function that is its filter. */
  readonly filter: string | undefined;
}

/** A set of BTF ids, and the member of struct btf_kfunc_id_set that points at it. */
interface IdSetView {
  readonly name: string;
  readonly member: string;
  readonly entries: readonly Group<EntryView>[];
}

/** A function in a set of BTF ids. */
interface EntryView {
  readonly name: string;
  /** `KF_ACQUIRE | KF_RET_NULL`; empty without flags, and where the layout has none. */
  readonly flags: string;
}

/** The entries of one member of struct btf_kfunc_id_set. */
interface Member {
  readonly name: string;
  readonly idSet: string;
  readonly entries: readonly Conditional<EntryView>[];
}

/**
 * The sets that are to be registered, in order. One without kfuncs, or that this kernel registers for nothing, is
 * left out: registering it does nothing (kernel/bpf/btf.c, btf_populate_kfunc_set()).
 *
 * @throws Error where a name is no identifier or a flag none of the kernel's.
 */
export function setViews(kernel: Kernel, sets: readonly SetModel[], claim: ClaimName): readonly Conditional<SetView>[] {
  return sets
    .filter((set) => set.registrations.length > 0)
    .flatMap((set) => {
      const members = membersOfSet(kernel, set).filter((member) => member.entries.length > 0);
      return members.length === 0 ? [] : [setView(set, members, claim)];
    });
}

function setView(set: SetModel, members: readonly Member[], claim: ClaimName): Conditional<SetView> {
  const { condition, members: idSets } = membersOf(
    members.map((member) => {
      const { condition, members: entries } = membersOf(member.entries);
      const view = { name: claim(member.idSet), member: member.name, entries: groupsOf(entries) };
      return { condition, item: view };
    }),
  );
  return {
    condition: allConditions(set.config, condition),
    item: {
      name: checkedIdentifier(set.name),
      idSets: groupsOf(idSets),
      progTypes: set.registrations.flatMap(({ progType }) =>
        progType === undefined ? [] : [checkedIdentifier(progTypeName(progType))],
      ),
      isFmodret: set.registrations.some(({ progType }) => progType === undefined),
      filter: set.filter === undefined ? undefined : checkedIdentifier(set.filter),
    },
  };
}

function membersOfSet(kernel: Kernel, set: SetModel): readonly Member[] {
  if (kernel.layout !== 'id_set') {
    const entries = set.kfuncs.map((kfunc) => entry(kfunc, set, flagWord(kernel, kfunc)));
    return [{ name: 'set', idSet: `${set.name}_ids`, entries }];
  }
  return (kernel.set_types ?? []).map((type, index) => ({
    name: checkedIdentifier(`${type}_set`),
    idSet: `${set.name}_${type}_ids`,
    entries: set.kfuncs.filter((kfunc) => isIn(kernel, kfunc, type, index)).map((kfunc) => entry(kfunc, set, '')),
  }));
}

function entry(kfunc: KfuncModel, set: SetModel, flags: string): Conditional<EntryView> {
  return without({ condition: kfunc.config, item: { name: checkedIdentifier(kfunc.name), flags } }, set.config);
}

function isIn(kernel: Kernel, kfunc: KfuncModel, type: SetType, index: number): boolean {
  const types = kfunc.flags.map((flag) => bitOf(kernel, flag));
  return (type === 'check' && kfunc.check) || types.includes(index);
}

function flagWord(kernel: Kernel, kfunc: KfuncModel): string {
  return kfunc.flags
    .map((flag) => ({ bit: bitOf(kernel, flag), name: checkedIdentifier(`KF_${flag.toUpperCase()}`) }))
    .toSorted((a, b) => a.bit - b.bit)
    .map(({ name }) => name)
    .join(' | ');
}

function bitOf(kernel: Kernel, flag: string): number {
  const bit = Object.hasOwn(kernel.flags, flag) ? kernel.flags[flag] : undefined;
  if (bit === undefined) {
    throw new Error(`kernel ${kernel.version} has no flag \`${flag}\``);
  }
  return bit;
}
