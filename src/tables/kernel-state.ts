import type { Kernel } from '../../generated/types/kernel.ts';
import { ERRNO } from './errno.ts';
import { mapHooks } from './hooks.ts';
import type { HookMap } from './hooks.ts';
import type { KfuncSlot } from './kfunc-slot.ts';

/**
 * What looking for a BTF comes to: it is there; there is none (no .BTF section, say); or a negative errno, when it is
 * there but cannot be read.
 */
export type BtfPresence = 'present' | 'missing' | number;

/** How the kernel was built, as far as registration depends on it. */
export interface KernelConfig {
  /** CONFIG_DEBUG_INFO_BTF. */
  readonly debugInfoBtf: boolean;
  /** CONFIG_DEBUG_INFO_BTF_MODULES; false whenever CONFIG_DEBUG_INFO_BTF is. */
  readonly debugInfoBtfModules: boolean;
  /** CONFIG_MODULE_ALLOW_BTF_MISMATCH: a module whose BTF cannot be read is loaded without it. */
  readonly moduleAllowBtfMismatch: boolean;
  /** The kernel's own BTF; 'missing' whenever CONFIG_DEBUG_INFO_BTF is off. */
  readonly vmlinuxBtf: BtfPresence;
  /** Owners that are modules elsewhere, but built into this kernel: THIS_MODULE is NULL for them. */
  readonly builtIn: readonly string[];
}

/**
 * struct btf_kfunc_set_tab: the kfunc sets that were registered for one BTF, by hook × number of set types + set type.
 */
export type KfuncTable = (KfuncSlot | undefined)[];

/** struct btf_id_dtor_kfunc: a BTF type, and the destructor kfunc of its objects. */
export interface DtorIds {
  readonly btfId: number;
  readonly kfuncBtfId: number;
}

/** struct btf_id_dtor_kfunc_tab: ascending by type id. */
export interface DtorTable {
  readonly btfIds: Int32Array;
  readonly kfuncBtfIds: Int32Array;
}

/** struct btf of vmlinux or of a module, as far as registration goes. */
export interface BtfObject {
  /** `vmlinux`, or the name of the module. */
  readonly name: string;
  readonly isModule: boolean;
  /** Missing until something is registered, and again after a registration that failed. */
  kfuncTable: KfuncTable | undefined;
  dtorTable: DtorTable | undefined;
}

/** A module between the begin of loading and its unloading. */
export interface LoadedModule {
  readonly btf: BtfObject | undefined;
  /** Its init function has returned 0. */
  live: boolean;
}

/** One running kernel. Registration changes it in place. */
export interface KernelState {
  readonly profile: Kernel;
  readonly config: KernelConfig;
  readonly hooks: HookMap;
  /** The kernel's own BTF, if it has one that can be read. */
  readonly vmlinux: BtfObject | undefined;
  readonly modules: Map<string, LoadedModule>;
}

/** The owner of built-in code. */
export const VMLINUX = 'vmlinux';

/**
 * A kernel that has just booted: nothing is registered, no module is loaded.
 *
 * @param config where it differs from a kernel with BTF of itself and its modules, whose modules are all modules
 */
export function createKernelState(profile: Kernel, config: Partial<KernelConfig> = {}): KernelState {
  const debugInfoBtf = config.debugInfoBtf ?? true;
  const complete: KernelConfig = {
    debugInfoBtf,
    debugInfoBtfModules: debugInfoBtf && (config.debugInfoBtfModules ?? true),
    moduleAllowBtfMismatch: config.moduleAllowBtfMismatch ?? false,
    vmlinuxBtf: debugInfoBtf ? (config.vmlinuxBtf ?? 'present') : 'missing',
    builtIn: config.builtIn ?? [],
  };
  return {
    profile,
    config: complete,
    hooks: mapHooks(profile),
    vmlinux: complete.vmlinuxBtf === 'present' ? createBtf(VMLINUX, false) : undefined,
    modules: new Map(),
  };
}

/** A BTF for which nothing is registered. */
export function createBtf(name: string, isModule: boolean): BtfObject {
  return { name, isModule, kfuncTable: undefined, dtorTable: undefined };
}

/** Whether code of the owner is part of the kernel image. */
export function isBuiltIn(state: KernelState, owner: string): boolean {
  return owner === VMLINUX || state.config.builtIn.includes(owner);
}

/**
 * The BTF for which the owner registers, if there is one: btf_get_module_btf(), kernel/bpf/btf.c. A module that is not
 * loaded has none.
 */
export function btfOf(state: KernelState, owner: string): BtfObject | undefined {
  return isBuiltIn(state, owner) ? state.vmlinux : state.modules.get(owner)?.btf;
}

/**
 * What a registration returns when its owner has no BTF: an errno, or 0 where the kernel takes no notice.
 *
 * Beginning of register_btf_kfunc_id_set() and register_btf_id_dtor_kfuncs(), kernel/bpf/btf.c.
 *
 * @param module what this kernel does about a module; 'enoent' only counts if it has BTF of modules at all
 */
export function missingBtfErrno(state: KernelState, owner: string, module: 'enoent' | 'success' | undefined): number {
  const { config } = state;
  if (!isBuiltIn(state, owner)) return config.debugInfoBtfModules && module === 'enoent' ? -ERRNO.ENOENT : 0;
  if (typeof config.vmlinuxBtf === 'number') return config.vmlinuxBtf;
  return config.debugInfoBtf ? -ERRNO.ENOENT : 0;
}
