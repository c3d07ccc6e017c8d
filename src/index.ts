export type { Kernel, SetType } from '../generated/types/kernel.ts';
export type { DtorPair, KernelTable, KfuncSet } from './tables/kernel-table.ts';
