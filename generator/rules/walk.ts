import type { Kernel } from '../../generated/types/kernel.ts';
import type { ConfigExpression } from '../c/config-expression.ts';
import type { CType } from '../c/prototype.ts';
import { allConditions } from '../declarations/entries.ts';
import type { DtorModel, KfuncModel, PrototypeModel, SetModel, SourceModel } from '../declarations/model.ts';
import type { Registry } from '../declarations/registry.ts';

/** A source file as one or more kernels have it, all the same. */
export interface SourceEntry {
  /** Oldest first; at least one. */
  readonly kernels: readonly Kernel[];
  readonly source: SourceModel;
}

/** A kfunc in a set, with what is around it. */
export interface KfuncEntry extends SourceEntry {
  readonly source: SourceModel;
  readonly set: SetModel;
  readonly kfunc: KfuncModel;
}

/** A destructor pair, with what is around it. */
export interface DtorEntry extends SourceEntry {
  readonly dtor: DtorModel;
}

/** An entry of a set, once for all kernels between which nothing of it changed, whatever else did in its set. */
export interface DistinctKfunc {
  /** Oldest first. */
  readonly kernels: readonly Kernel[];
  readonly kfunc: KfuncModel;
  /** Whether programs call it: functions in fmodret sets are attached to. */
  readonly isCalled: boolean;
}

/** One whose prototype is known. */
export interface TypedKfunc extends DistinctKfunc {
  readonly prototype: PrototypeModel;
}

const sources = new WeakMap<Registry, readonly SourceEntry[]>();
const entries = new WeakMap<Registry, readonly KfuncEntry[]>();
const distinct = new WeakMap<Registry, readonly DistinctKfunc[]>();
const typed = new WeakMap<Registry, readonly TypedKfunc[]>();

/** Every source file, once for all kernels between which nothing of it changed, with those of them that were asked for. */
export function eachSource(registry: Registry): readonly SourceEntry[] {
  const known = sources.get(registry);
  if (known !== undefined) {
    return known;
  }
  const kernelsOf = new Map<SourceModel, Kernel[]>();
  for (const { kernel, sources: ofKernel } of registry.model.kernels) {
    for (const source of ofKernel) {
      const kernels = kernelsOf.get(source);
      if (kernels === undefined) {
        kernelsOf.set(source, [kernel]);
      } else {
        kernels.push(kernel);
      }
    }
  }
  const found = Array.from(kernelsOf, ([source, kernels]) => ({ source, kernels }));
  sources.set(registry, found);
  return found;
}

/** Every entry of every set; found once, since most rules look at them. */
export function eachKfunc(registry: Registry): readonly KfuncEntry[] {
  const found = entries.get(registry) ?? eachSource(registry).flatMap(entriesOf);
  entries.set(registry, found);
  return found;
}

/** The entries of all sets, each once where neighbouring kernels have the same. */
export function eachDistinctKfunc(registry: Registry): readonly DistinctKfunc[] {
  const before = distinct.get(registry);
  if (before !== undefined) {
    return before;
  }
  const called = new Map<KfuncModel, Kernel[]>();
  const attached = new Map<KfuncModel, Kernel[]>();
  for (const { kernels, source } of eachSource(registry)) {
    for (const { registrations, kfuncs } of source.sets) {
      const isCalled = registrations.some(({ progType }) => progType !== undefined);
      const known = isCalled ? called : attached;
      for (const kfunc of kfuncs) {
        const list = known.get(kfunc);
        if (list === undefined) {
          known.set(kfunc, [...kernels]);
        } else {
          list.push(...kernels);
        }
      }
    }
  }
  const found = [
    ...Array.from(called, ([kfunc, kernels]) => ({ kernels, kfunc, isCalled: true })),
    ...Array.from(attached, ([kfunc, kernels]) => ({ kernels, kfunc, isCalled: false })),
  ];
  distinct.set(registry, found);
  return found;
}

/** Those of them whose prototype is known. */
export function eachTypedKfunc(registry: Registry): readonly TypedKfunc[] {
  const found =
    typed.get(registry) ??
    eachDistinctKfunc(registry).flatMap((entry) => {
      const { prototype } = entry.kfunc;
      return prototype === undefined ? [] : [{ ...entry, prototype }];
    });
  typed.set(registry, found);
  return found;
}

/** Every entry of every set of a source file. */
function entriesOf({ kernels, source }: SourceEntry): readonly KfuncEntry[] {
  return source.sets.flatMap((set) => set.kfuncs.map((kfunc): KfuncEntry => ({ kernels, source, set, kfunc })));
}

/** Under which a kfunc stands in its set at all. */
export function conditionOf({ source, set, kfunc }: KfuncEntry): ConfigExpression | undefined {
  return allConditions(source.config, set.config, kfunc.config);
}

/** Every destructor pair. */
export function eachDtor(registry: Registry): readonly DtorEntry[] {
  return eachSource(registry).flatMap(({ kernels, source }) =>
    source.dtors.map((dtor): DtorEntry => ({ kernels, source, dtor })),
  );
}

/** Types that are known to be no pointers; another name may be a typedef of one. */
const SCALAR =
  /^(void|bool|_Bool|char|short|int|long|float|double|(un)?signed|__signed__|(__)?[us](8|16|32|64)|__[bl]e(16|32|64)|u?int(8|16|32|64)_t|s?size_t|(struct|union|enum) \w+|((un)?signed |long |short )*(char|short|int|long))$/;

/** What the spelling of a type tells of it: behind a typedef there may be a pointer. */
export function pointerness(type: CType): 'pointer' | 'none' | 'unknown' {
  if (type.pointers > 0) {
    return 'pointer';
  }
  return SCALAR.test(type.base) ? 'none' : 'unknown';
}
