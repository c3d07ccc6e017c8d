import type { Btf } from '../../src/btf/btf.ts';
import { isBtfError } from '../../src/btf/btf-error.ts';
import type { BtfPrototype } from '../../src/btf/btf-type.ts';
import { prototypeOf } from '../../src/btf/prototype.ts';
import { findOfOwner } from '../btf-kernel/find-kfunc.ts';
import type { DtorModel, KfuncModel, SetModel, SourceModel } from '../declarations/model.ts';
import type { JudgedKernel } from './judged-kernel.ts';

/** A kfunc in a set, with what is around it. */
export interface SetEntry {
  readonly source: SourceModel;
  readonly set: SetModel;
  readonly kfunc: KfuncModel;
}

/** A destructor pair, with what is around it. */
export interface PairEntry {
  readonly source: SourceModel;
  readonly dtor: DtorModel;
}

/** A function of the registry as a BTF has it. */
export interface InBtf {
  readonly btf: Btf;
  readonly prototype: BtfPrototype;
}

/** Every entry of every set of a kernel. */
export function setEntries({ model }: JudgedKernel): readonly SetEntry[] {
  return model.sources.flatMap((source) =>
    source.sets.flatMap((set) => set.kfuncs.map((kfunc) => ({ source, set, kfunc }))),
  );
}

/** Every destructor pair of a kernel. */
export function pairEntries({ model }: JudgedKernel): readonly PairEntry[] {
  return model.sources.flatMap((source) => source.dtors.map((dtor) => ({ source, dtor })));
}

/** Those entries of sets that the kernel's BTF has. */
export function typedSetEntries(judged: JudgedKernel): readonly (SetEntry & InBtf)[] {
  return setEntries(judged).flatMap((entry) => {
    const found = functionInBtf(judged, entry.source.owner, entry.kfunc.name);
    return found === undefined ? [] : [{ ...entry, ...found }];
  });
}

/** Those pairs whose destructor the kernel's BTF has. */
export function typedPairEntries(judged: JudgedKernel): readonly (PairEntry & InBtf)[] {
  return pairEntries(judged).flatMap((entry) => {
    const found = functionInBtf(judged, entry.source.owner, entry.dtor.kfunc);
    return found === undefined ? [] : [{ ...entry, ...found }];
  });
}

/** Whether a kernel may lack an entry of a set, or a pair: it depends on the kernel's configuration. */
export function isConditional(entry: SetEntry | PairEntry): boolean {
  const own = 'kfunc' in entry ? [entry.set.config, entry.kfunc.config] : [entry.dtor.config];
  return [entry.source.config, ...own].some((config) => config !== undefined);
}

function functionInBtf({ given }: JudgedKernel, owner: string, name: string): InBtf | undefined {
  const found = findOfOwner(given, owner, name, 'func');
  if (typeof found === 'string') {
    return undefined;
  }
  try {
    return { btf: found.btf, prototype: prototypeOf(found.btf, found.id) };
  } catch (error) {
    // A function without a prototype has nothing to compare; the kernel refuses such BTF as a whole.
    if (isBtfError(error)) {
      return undefined;
    }
    throw error;
  }
}
