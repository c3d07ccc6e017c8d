import type { Kernel as Profile } from '../../../generated/types/kernel.ts';
import type { Btf } from '../../btf/btf.ts';
import { findIdByName } from '../../btf/find.ts';
import { createBtfResolver } from '../../btf/resolver.ts';
import { createKernelState, type BtfObject, type KernelState } from '../../tables/kernel-state.ts';
import type { KernelTable } from '../../tables/kernel-table.ts';
import { registerTable } from '../../tables/register-table.ts';
import { setEntries } from '../../tables/set-entries.ts';
import { scalarRules, type ScalarRules } from '../scalar/rules.ts';
import { behavioursOf, type Behaviours } from './behaviours.ts';
import { createHelperTable, type HelperTable } from './helpers.ts';
import { versionNumber, type VersionNumber } from './version.ts';

/** The kernel that judges: its profile, its BTF and those of its modules, and what is registered for them. */
export interface Kernel {
  readonly profile: Profile;
  readonly version: VersionNumber;
  readonly vmlinux: KernelBtf;
  /** Live modules in the order given. */
  readonly modules: readonly KernelBtf[];
  readonly state: KernelState;
  readonly behaviours: Behaviours;
  readonly scalars: ScalarRules;
  readonly helpers: HelperTable;
}

/** One BTF of a kernel, and what is registered for it. Of these the identity counts: one object, one BTF. */
export interface KernelBtf {
  /** `vmlinux`, or the name of the module. */
  readonly name: string;
  readonly btf: Btf;
  /** Undefined for a module that registers nothing. */
  readonly object: BtfObject | undefined;
}

/**
 * Boots a kernel: registers what its table declares, with the ids of its BTF.
 *
 * Code that is a module elsewhere is built into a kernel whose vmlinux BTF has its kfuncs, unless that module's own BTF
 * is given. What is declared and in none of the BTFs was not configured, and is not registered.
 *
 * @param modules BTF of modules that are loaded, by name
 * @throws BtfError if the BTF can't be searched
 */
export function bootKernel(table: KernelTable, vmlinux: Btf, modules: ReadonlyMap<string, Btf> = new Map()): Kernel {
  const present = presentPart(table, vmlinux, modules);
  const owners = new Set(present.sets.map(({ owner }) => owner));
  const builtIn = [...owners].filter((owner) => owner !== 'vmlinux' && !modules.has(owner));
  const state = createKernelState(table.profile, { builtIn });
  const resolve = createBtfResolver({ vmlinux, modules });
  registerTable(state, present, (name, kind, owner) => resolve(name, kind, owner));
  const version = versionNumber(table.profile.version);
  return {
    profile: table.profile,
    version,
    vmlinux: { name: 'vmlinux', btf: vmlinux, object: state.vmlinux },
    modules: [...modules].map(([name, btf]) => ({ name, btf, object: state.modules.get(name)?.btf })),
    state,
    behaviours: behavioursOf(version),
    scalars: scalarRules(version),
    helpers: createHelperTable(table.profile.version, (name) => findIdByName(vmlinux, name, 'func') !== undefined),
  };
}

/** A table without what none of the BTFs has: sets lose kfuncs, and go when nothing is left. */
function presentPart(table: KernelTable, vmlinux: Btf, modules: ReadonlyMap<string, Btf>): KernelTable {
  const has = (owner: string, name: string, kind: 'func' | 'struct'): boolean =>
    findIdByName(modules.get(owner) ?? vmlinux, name, kind) !== undefined;
  const sets = table.sets.flatMap((set) => {
    const kfuncs = Array.from(setEntries(set)).filter(([name]) => has(set.owner, name, 'func'));
    return kfuncs.length === 0 ? [] : [{ ...set, kfuncs: kfuncs.flat() }];
  });
  const dtors = table.dtors.filter(({ owner, type, kfunc }) => has(owner, type, 'struct') && has(owner, kfunc, 'func'));
  return { profile: table.profile, sets, dtors };
}
