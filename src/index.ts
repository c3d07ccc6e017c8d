/**
 * The library: what a generated table is, and registration and lookup of kfuncs as the kernel does them. The tables are
 * modules of their own, `kfunc-registry/tables/v6.1` and the like.
 */
export type { Hook, Kernel, SetType } from '../generated/types/kernel.ts';
export type { TableJson } from '../generated/types/table.ts';
export { ERRNO } from './tables/errno.ts';
export { deepFreeze } from './tables/freeze.ts';
export type { Lookup } from './tables/hooks.ts';
export {
  btfOf,
  createKernelState,
  isBuiltIn,
  VMLINUX,
  type BtfObject,
  type BtfPresence,
  type KernelConfig,
  type KernelState,
} from './tables/kernel-state.ts';
export type { DtorPair, KernelTable, KfuncSet } from './tables/kernel-table.ts';
export { findDtorKfunc, kfuncFlags, kfuncSetContains, resolveSlot, slotContains } from './tables/lookup.ts';
export { moduleComing, moduleGoing, moduleLive, tryGetModule } from './tables/module-lifetime.ts';
export { hasDtors, registerBtfIdDtorKfuncs } from './tables/register-dtors.ts';
export { registerBtfFmodretIdSet, registerBtfKfuncIdSet, type KfuncIdSet } from './tables/register-kfuncs.ts';
export { registerTable, type TableRegistration } from './tables/register-table.ts';
export { createNameResolver, resolveDtors, resolveSet, type NameResolver } from './tables/resolve-set.ts';
export { setEntries } from './tables/set-entries.ts';
export { flagsOf, kfuncsOf } from './tables/table-queries.ts';
export type { HelperData } from './verifier/kernel/helpers/helper-data.ts';
