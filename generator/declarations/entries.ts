import type { ProgType } from '../../generated/types/declaration.ts';
import type { ConfigExpression } from '../c/config-expression.ts';
import type { KernelModel, KfuncModel, SetModel, SourceModel } from './model.ts';

/** A kfunc as one set has it for one hook of one kernel. */
export interface KfuncEntry {
  readonly source: SourceModel;
  readonly set: SetModel;
  readonly kfunc: KfuncModel;
  readonly hook: string;
  /** The program types named in the registration calls that lead to the hook, in order. */
  readonly progTypes: readonly ProgType[];
}

/** Every kfunc of a kernel, once a set and hook, in the order of sources, sets, hooks and kfuncs. */
export function kfuncEntries(kernel: KernelModel): readonly KfuncEntry[] {
  return kernel.sources.flatMap((source) => {
    const entries = entriesOf.get(source) ?? entriesOfSource(source);
    entriesOf.set(source, entries);
    return entries;
  });
}

/** Kernels that share a source file share its entries. */
const entriesOf = new WeakMap<SourceModel, readonly KfuncEntry[]>();

function entriesOfSource(source: SourceModel): readonly KfuncEntry[] {
  return source.sets.flatMap((set) =>
    [...progTypesByHook(set)].flatMap(([hook, progTypes]) =>
      set.kfuncs.map((kfunc) => ({ source, set, kfunc, hook, progTypes })),
    ),
  );
}

/** The hooks a set is registered for, in the order of registration, and the program types named for each; none for fmodret. */
export function progTypesByHook(set: SetModel): ReadonlyMap<string, readonly ProgType[]> {
  const byHook = new Map<string, ProgType[]>();
  for (const { hook, progType } of set.registrations) {
    const progTypes = byHook.get(hook) ?? [];
    byHook.set(hook, progTypes);
    if (progType !== undefined && !progTypes.includes(progType)) {
      progTypes.push(progType);
    }
  }
  return byHook;
}

/** The condition that all given ones together make; undefined where none is given. */
export function allConditions(...conditions: readonly (ConfigExpression | undefined)[]): ConfigExpression | undefined {
  const operands = conditions
    .filter((condition) => condition !== undefined)
    .flatMap((condition) => (condition.kind === 'and' ? condition.operands : [condition]));
  const [only, ...others] = operands;
  return others.length === 0 ? only : { kind: 'and', operands };
}
