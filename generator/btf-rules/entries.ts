import type { Btf } from '../../src/btf/btf.ts';
import { isBtfError } from '../../src/btf/btf-error.ts';
import type { BtfPrototype } from '../../src/btf/btf-type.ts';
import { prototypeOf } from '../../src/btf/prototype.ts';
import { findOfOwner } from '../btf-kernel/find-kfunc.ts';
import type { ConfigExpression } from '../c/config-expression.ts';
import type { DtorModel, KfuncModel, PrototypeModel, SetModel, SourceModel } from '../declarations/model.ts';
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

/**
 * Those entries of sets that programs call and that the kernel's BTF has. What is registered for fmodret alone is
 * attached to, and not called.
 */
export function typedSetEntries(judged: JudgedKernel): readonly (SetEntry & InBtf)[] {
  return setEntries(judged).flatMap((entry) => {
    if (entry.set.registrations.every(({ progType }) => progType === undefined)) {
      return [];
    }
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

/** A kernel's entries, with whether it may lack them. */
export type Optional<Entry> = Entry & { readonly isOptional: boolean };

/** Every entry of every set, with whether the kernel may lack it: see isOptional(). */
export function optionalSetEntries(judged: JudgedKernel): readonly Optional<SetEntry>[] {
  const leftOut = filesLeftOut(judged);
  return setEntries(judged).map((entry) => {
    const { source, set, kfunc } = entry;
    return { ...entry, isOptional: isOptional(leftOut, source, kfunc.prototype, [set.config, kfunc.config]) };
  });
}

/** The same of destructor pairs. */
export function optionalPairEntries(judged: JudgedKernel): readonly Optional<PairEntry>[] {
  const leftOut = filesLeftOut(judged);
  return pairEntries(judged).map((entry) => {
    const { source, dtor } = entry;
    return { ...entry, isOptional: isOptional(leftOut, source, dtor.prototype, [dtor.config]) };
  });
}

/** A kernel may lack what depends on a config condition, its own or that of building the file. */
function isOptional(
  leftOut: ReadonlySet<string>,
  source: SourceModel,
  prototype: PrototypeModel | undefined,
  configs: readonly (ConfigExpression | undefined)[],
): boolean {
  return (
    leftOut.has(source.source) ||
    leftOut.has(definingFile(source, prototype)) ||
    [source.config, ...configs].some((config) => config !== undefined)
  );
}

/**
 * Source files of the kernel of which the BTF has nothing that they define: makefiles leave them out by a condition that
 * declarations need not name. What a file registers may be defined in another, which was built. A module that is given
 * was built.
 */
function filesLeftOut({ given, model }: JudgedKernel): ReadonlySet<string> {
  const built = new Set<string>();
  const all = new Set<string>();
  for (const source of model.sources.filter(({ owner }) => owner === 'vmlinux')) {
    const functions = [
      ...source.sets.flatMap(({ kfuncs }) => kfuncs.map(({ name, prototype }) => ({ name, prototype }))),
      ...source.dtors.map(({ kfunc, prototype }) => ({ name: kfunc, prototype })),
    ];
    for (const { name, prototype } of functions) {
      const file = definingFile(source, prototype);
      all.add(file);
      if (!built.has(file) && findOfOwner(given, source.owner, name, 'func') !== 'absent') {
        built.add(file);
      }
    }
  }
  return new Set([...all].filter((file) => !built.has(file)));
}

/** The file that defines a function; the one that registers it where that is not known. */
function definingFile({ source }: SourceModel, prototype: PrototypeModel | undefined): string {
  return prototype?.file ?? source;
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
