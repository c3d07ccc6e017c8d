import { table as v519 } from '../../../generated/tables/v5.19.ts';
import { table as v61 } from '../../../generated/tables/v6.1.ts';
import type { KernelTable } from '../../../src/tables/kernel-table.ts';
import { bootKernel, type Kernel } from '../../../src/verifier/kernel/kernel.ts';
import { corpusBtf } from '../corpus.ts';

const btf = corpusBtf('kernel-v5.19');
const [old, young] = [bootKernel(v519, btf), bootKernel(v61, btf)];

/** On a BTF that has the kfuncs of the kernel's tests. */
export const KERNELS: readonly (readonly [label: string, kernel: Kernel])[] = [
  ['v5.19', old],
  ['v6.1', young],
];

const { acquire, release, ret_null: retNull } = v61.profile.flags;

/** Kernels whose verifier lacks a rule, each with which. */
export const FAULTY: readonly (readonly [what: string, kernel: Kernel])[] = [
  ['does not count references', bootKernel(without(v61, (1 << acquire) | (1 << release)), btf)],
  ['takes what a kfunc returns for no NULL', bootKernel(without(v61, 1 << retNull), btf)],
  [
    'lets what was never written be read, and has no idea of it',
    { ...old, behaviours: { ...old.behaviours, uninitStackReadable: true, growsStackOnAccess: true } },
  ],
];

/** A table in which no kfunc has some flags. */
function without(table: KernelTable, flags: number): KernelTable {
  const sets = table.sets.map((set) => ({
    ...set,
    kfuncs: set.kfuncs.map((each) => (typeof each === 'number' ? each & ~flags : each)),
  }));
  return { ...table, sets };
}
