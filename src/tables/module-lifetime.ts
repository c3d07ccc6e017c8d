import { ERRNO } from './errno.ts';
import { createBtf } from './kernel-state.ts';
import type { BtfObject, BtfPresence, KernelState } from './kernel-state.ts';

/**
 * Begins to load a module (MODULE_STATE_COMING): from now on it can register.
 *
 * btf_module_notify(), kernel/bpf/btf.c.
 *
 * @param presence what reading the module's BTF comes to; nothing is read without CONFIG_DEBUG_INFO_BTF_MODULES
 * @returns 0, or the negative errno with which loading fails: -EEXIST if the module is loaded already, else that of
 *   reading the BTF, which is -EINVAL where the kernel's own BTF is missing
 */
export function moduleComing(state: KernelState, name: string, presence: BtfPresence = 'present'): number {
  if (state.modules.has(name)) return -ERRNO.EEXIST;
  const read = state.config.debugInfoBtfModules ? readModuleBtf(state, presence) : 'missing';
  if (typeof read === 'number' && !state.config.moduleAllowBtfMismatch) return read;
  state.modules.set(name, { btf: read === 'present' ? createBtf(name, true) : undefined, live: false });
  return 0;
}

/** btf_parse_module(), kernel/bpf/btf.c: a module's BTF builds on the kernel's own. */
function readModuleBtf(state: KernelState, presence: BtfPresence): BtfPresence {
  if (presence === 'missing') return 'missing';
  const { vmlinuxBtf } = state.config;
  if (vmlinuxBtf === 'missing') return -ERRNO.EINVAL;
  return typeof vmlinuxBtf === 'number' ? vmlinuxBtf : presence;
}

/** The init function of the module has returned 0 (MODULE_STATE_LIVE). Without effect on a module that is not loaded. */
export function moduleLive(state: KernelState, name: string): void {
  const module = state.modules.get(name);
  if (module !== undefined) module.live = true;
}

/**
 * The module is unloaded, or its init function has failed (MODULE_STATE_GOING). Its tables stay with its BTF, for who
 * holds that; loaded again, the module has a new BTF with empty tables.
 */
export function moduleGoing(state: KernelState, name: string): void {
  state.modules.delete(name);
}

/**
 * Whether a program may hold the module of a BTF: btf_try_get_module(), kernel/bpf/btf.c, and what its callers make of
 * its NULL. Until the module is live its tables may be half filled, so nothing may look at them.
 *
 * Not modelled: the reference to the module, which keeps it from being unloaded.
 *
 * @returns 0, or -ENXIO: the module is not live yet, or gone, or the BTF is that of vmlinux
 */
export function tryGetModule(state: KernelState, btf: BtfObject): number {
  const module = state.modules.get(btf.name);
  return module?.btf === btf && module.live ? 0 : -ERRNO.ENXIO;
}
