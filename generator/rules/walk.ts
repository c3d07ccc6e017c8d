import type { Kernel } from '../../generated/types/kernel.ts';
import type { ConfigExpression } from '../c/config-expression.ts';
import type { CType } from '../c/prototype.ts';
import { allConditions } from '../declarations/entries.ts';
import type {
  DtorModel,
  KernelModel,
  KfuncModel,
  PrototypeModel,
  SetModel,
  SourceModel,
} from '../declarations/model.ts';
import type { Registry } from '../declarations/registry.ts';

/** A kfunc in a set of one kernel, with what is around it. */
export interface KfuncEntry {
  readonly kernel: Kernel;
  readonly source: SourceModel;
  readonly set: SetModel;
  readonly kfunc: KfuncModel;
  readonly prototype: PrototypeModel | undefined;
}

/** A destructor pair of one kernel, with what is around it. */
export interface DtorEntry {
  readonly kernel: Kernel;
  readonly source: SourceModel;
  readonly dtor: DtorModel;
}

/** A kfunc in a set, whose prototype is known. */
export interface TypedEntry extends KfuncEntry {
  readonly prototype: PrototypeModel;
}

const entries = new WeakMap<Registry, readonly KfuncEntry[]>();
const typed = new WeakMap<Registry, readonly TypedEntry[]>();

/** Every entry of every set in the kernels asked for; found once, since most rules look at them. */
export function eachKfunc(registry: Registry): readonly KfuncEntry[] {
  const found = entries.get(registry) ?? registry.model.kernels.flatMap(entriesOf);
  entries.set(registry, found);
  return found;
}

/** Those entries whose prototype is known. */
export function eachTypedKfunc(registry: Registry): readonly TypedEntry[] {
  const found =
    typed.get(registry) ?? eachKfunc(registry).filter((entry): entry is TypedEntry => entry.prototype !== undefined);
  typed.set(registry, found);
  return found;
}

/** Every entry of every set of a kernel. */
export function entriesOf({ kernel, sources }: KernelModel): readonly KfuncEntry[] {
  return sources.flatMap((source) =>
    source.sets.flatMap((set) =>
      set.kfuncs.map((kfunc): KfuncEntry => ({ kernel, source, set, kfunc, prototype: kfunc.prototype })),
    ),
  );
}

/** Under which a kfunc stands in its set at all. */
export function conditionOf({ source, set, kfunc }: KfuncEntry): ConfigExpression | undefined {
  return allConditions(source.config, set.config, kfunc.config);
}

/** Every destructor pair in the kernels asked for. */
export function* eachDtor(registry: Registry): Generator<DtorEntry> {
  for (const { kernel, sources } of registry.model.kernels) {
    for (const source of sources) {
      for (const dtor of source.dtors) {
        yield { kernel, source, dtor };
      }
    }
  }
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
