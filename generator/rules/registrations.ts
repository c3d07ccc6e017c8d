import { createKernelState, isBuiltIn } from '../../src/tables/kernel-state.ts';
import { createNameResolver } from '../../src/tables/resolve-set.ts';
import { registerTable } from '../../src/tables/register-table.ts';
import type { DtorModel, KernelModel, SetModel, SourceModel } from '../declarations/model.ts';
import { kernelTable } from '../targets/tables-kernel.ts';

/** A registration call that a kernel refuses. */
export interface FailedSet {
  readonly source: SourceModel;
  readonly set: SetModel;
  readonly progType: string;
  readonly errno: number;
}

/** A call for destructor pairs that a kernel refuses; `dtors` are all pairs of the call. */
export interface FailedDtors {
  readonly source: SourceModel;
  readonly dtors: readonly DtorModel[];
  readonly errno: number;
}

export interface Failures {
  readonly sets: readonly FailedSet[];
  readonly dtors: readonly FailedDtors[];
}

const known = new WeakMap<KernelModel, Failures>();

/**
 * The registration calls of a kernel that fail, found by making them all with the algorithm of `src/tables`; names stand
 * for ids. Modules are taken as modules, each with BTF.
 */
export function failedRegistrations(model: KernelModel): Failures {
  const failures = known.get(model) ?? findFailures(model);
  known.set(model, failures);
  return failures;
}

function findFailures(model: KernelModel): Failures {
  const table = kernelTable(model);
  const state = createKernelState(model.kernel);
  const { sets, dtors } = registerTable(state, table, createNameResolver());
  // The table has the sets of the model in the model's order.
  const models = model.sources.flatMap((source) => source.sets.map((set) => ({ source, set })));
  const modelOf = new Map(table.sets.map((set, index) => [set, models[index]]));
  return {
    sets: sets.flatMap(({ set, progType, errno }) => {
      const found = errno === 0 ? undefined : modelOf.get(set);
      return found === undefined ? [] : [{ ...found, progType, errno }];
    }),
    dtors: dtors.flatMap(({ pairs, errno }) => {
      const source = model.sources.find((each) => each.source === pairs[0]?.source && each.owner === pairs[0].owner);
      return errno === 0 || source === undefined ? [] : [{ source, dtors: source.dtors, errno }];
    }),
  };
}

/** How many kfuncs a hook of vmlinux gets by the sets up to a given one; with a set for each flag, in the largest. */
export function countInHook(model: KernelModel, hook: string, last: SetModel): number {
  const state = createKernelState(model.kernel);
  const counts = new Map<string, number>();
  for (const source of model.sources.filter(({ owner }) => isBuiltIn(state, owner))) {
    for (const set of source.sets) {
      const calls = set.registrations.filter((registration) => registration.hook === hook).length;
      for (const { flags, check } of set.kfuncs) {
        const types = model.kernel.layout === 'id_set' ? [...flags, ...(check ? ['check'] : [])] : ['check'];
        types.forEach((type) => counts.set(type, (counts.get(type) ?? 0) + calls));
      }
      if (set === last) {
        return Math.max(...counts.values());
      }
    }
  }
  return Math.max(...counts.values());
}
