import type { Kernel } from '../../generated/types/kernel.ts';
import type { DtorPair, KernelTable, KfuncSet } from '../../src/tables/kernel-table.ts';
import type { KernelModel, KfuncModel, SetModel, SourceModel } from '../declarations/model.ts';

/** The table of a kernel, as its module holds it. */
export function kernelTable({ kernel, sources }: KernelModel): KernelTable {
  return {
    profile: kernel,
    sets: sources.flatMap((source) => source.sets.map((set) => kfuncSet(kernel, source, set))),
    dtors: sources.flatMap((source) => dtorPairs(source)),
  };
}

/** A set of a kernel, as its table holds it. */
export function kfuncSet(kernel: Kernel, source: SourceModel, set: SetModel): KfuncSet {
  return {
    name: set.name,
    owner: source.owner,
    source: source.source,
    progTypes: set.registrations.flatMap(({ progType }) => progType ?? []),
    ...(set.registrations.some(({ progType }) => progType === undefined) ? { fmodret: true } : {}),
    ...(set.filter === undefined ? {} : { filter: set.filter }),
    kfuncs: set.kfuncs.flatMap((kfunc) => [kfunc.name, kfuncWord(kernel, kfunc)]),
  };
}

/** The destructor pairs of a source file, as the table of its kernel holds them. */
export function dtorPairs({ owner, source, dtors }: SourceModel): readonly DtorPair[] {
  return dtors.map(({ type, kfunc }) => ({ type, kfunc, owner, source }));
}

/**
 * The word of a kfunc in KfuncSet.kfuncs. In a kernel with a set for each flag (up to v5.19) the check set is one of
 * them, the one of number 0, and being in it makes the kfunc callable.
 */
function kfuncWord(kernel: Kernel, kfunc: KfuncModel): number {
  const bits = kfunc.flags.map((flag) => {
    const bit = kernel.flags[flag];
    if (bit === undefined) {
      throw new Error(`kernel ${kernel.version} has no flag ${flag}, which ${kfunc.name} bears`);
    }
    return bit;
  });
  if (kernel.layout === 'id_set' && kfunc.check) {
    bits.push(0);
  }
  return bits.reduce((word, bit) => (word | (1 << bit)) >>> 0, 0);
}
