import type { Kernel } from '../../generated/types/kernel.ts';
import type { CType } from '../c/prototype.ts';
import type { DtorModel, KfuncModel, PrototypeModel, SetModel, SourceModel } from '../declarations/model.ts';
import type { Registry } from '../declarations/registry.ts';

/** A kfunc in a set of one kernel, with what is around it. */
export interface KfuncEntry {
  readonly kernel: Kernel;
  readonly source: SourceModel;
  readonly set: SetModel;
  readonly kfunc: KfuncModel;
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

/** Every entry of every set in the kernels asked for. */
export function* eachKfunc(registry: Registry): Generator<KfuncEntry> {
  for (const { kernel, sources } of registry.model.kernels) {
    for (const source of sources) {
      for (const set of source.sets) {
        for (const kfunc of set.kfuncs) {
          yield { kernel, source, set, kfunc };
        }
      }
    }
  }
}

/** Those entries whose prototype is known. */
export function* eachTypedKfunc(registry: Registry): Generator<TypedEntry> {
  for (const entry of eachKfunc(registry)) {
    const { prototype } = entry.kfunc;
    if (prototype !== undefined) {
      yield { ...entry, prototype };
    }
  }
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

/** Whether a type is a pointer, as far as its spelling tells: a typedef may hide one. */
export function isPointer(type: CType): boolean {
  return type.pointers > 0;
}
