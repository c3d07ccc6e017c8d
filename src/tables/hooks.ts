import type { Kernel, SetType } from '../../generated/types/kernel.ts';

/** Where a lookup has to search: names of hook, program type and set type, resolved to numbers. */
export interface Lookup {
  /** Slots of the kfunc table, in the order of search; the first that has the id decides. Empty: nothing is found. */
  readonly slots: readonly number[];
  /** The flag that must be set where the id is found; 0: being there is enough. */
  readonly mask: number;
}

/** The hooks of one kernel with everything that is looked up by name. */
export interface HookMap {
  /** Slots of the kfunc table of a BTF: hooks × set types. */
  readonly slotCount: number;
  /** Set types of a hook; 1 where a hook has one set with flags. */
  readonly typeCount: number;
  /** The value of the hook of each program type; NO_HOOK for a type that maps to none. */
  readonly ofProgType: ReadonlyMap<string, number>;
  /** By the name of a hook or a program type, then by set type. */
  readonly lookups: ReadonlyMap<string, Readonly<Record<SetType, Lookup>>>;
}

/** Stands for BTF_KFUNC_HOOK_MAX, to which bpf_prog_type_to_kfunc_hook() maps program types that have no kfuncs. */
export const NO_HOOK = -1;

/** The flag that took the place of a set type when sets with flags came (kernel/bpf/btf.c, v6.0). */
const FLAG_OF_SET_TYPE: Readonly<Record<Exclude<SetType, 'check'>, string>> = {
  acquire: 'acquire',
  release: 'release',
  ret_null: 'ret_null',
  kptr_acquire: 'kptr_get',
};

const maps = new WeakMap<Kernel, HookMap>();

/** Resolves the names of a profile once, so that no lookup has to; what it gives is shared and not to be changed. */
export function mapHooks(profile: Kernel): HookMap {
  const map = maps.get(profile) ?? makeMap(profile);
  maps.set(profile, map);
  return map;
}

function makeMap(profile: Kernel): HookMap {
  const hooks = Object.entries(profile.hooks);
  const typeCount = profile.layout === 'id_set' ? (profile.set_types?.length ?? 0) : 1;
  const common = profile.hooks['common']?.value;
  const ofProgType = new Map(profile.prog_types.map((progType) => [progType, NO_HOOK]));
  for (const [, hook] of hooks) for (const progType of hook.prog_types) ofProgType.set(progType, hook.value);

  const lookups = new Map<string, Readonly<Record<SetType, Lookup>>>();
  const addLookups = (name: string, searched: readonly number[]): void => {
    const of = (setType: SetType): Lookup => lookupOf(profile, searched, typeCount, setType);
    lookups.set(name, {
      check: of('check'),
      acquire: of('acquire'),
      release: of('release'),
      ret_null: of('ret_null'),
      kptr_acquire: of('kptr_acquire'),
    });
  };
  // Hooks that no program type maps to (fmodret) are searched alone: btf_kfunc_is_modify_return().
  for (const [name, hook] of hooks) {
    addLookups(name, hook.prog_types.length > 0 ? searchOrder(common, hook.value) : [hook.value]);
  }
  for (const [progType, hook] of ofProgType) addLookups(progType, searchOrder(common, hook));

  const slotCount = typeCount * (1 + Math.max(NO_HOOK, ...hooks.map(([, hook]) => hook.value)));
  return { slotCount, typeCount, ofProgType, lookups };
}

/**
 * Kernels with a common hook search it first, for every program type, also for those whose own hook does not exist:
 * btf_kfunc_id_set_contains(), kernel/bpf/btf.c, v6.3.
 */
function searchOrder(common: number | undefined, hook: number): readonly number[] {
  const own = hook === NO_HOOK || hook === common ? [] : [hook];
  return common === undefined ? own : [common, ...own];
}

function lookupOf(profile: Kernel, hooks: readonly number[], typeCount: number, setType: SetType): Lookup {
  if (profile.layout === 'id_set') {
    const type = profile.set_types?.indexOf(setType) ?? -1;
    return { slots: type < 0 ? [] : hooks.map((hook) => hook * typeCount + type), mask: 0 };
  }
  if (setType === 'check') return { slots: hooks, mask: 0 };
  const bit = profile.flags[FLAG_OF_SET_TYPE[setType]];
  return bit === undefined ? { slots: [], mask: 0 } : { slots: hooks, mask: 1 << bit };
}
