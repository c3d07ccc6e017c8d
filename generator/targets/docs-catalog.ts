import { kfuncEntries, type KfuncEntry } from '../declarations/entries.ts';
import type { DtorModel, KernelModel, Model, PrototypeModel, SourceModel } from '../declarations/model.ts';
import { compareText } from '../declarations/rows.ts';
import type { HelperData } from '../../src/verifier/kernel/helpers/helper-data.ts';
import type { RuleDocumentation } from './rule-documentation.ts';

/** What the pages are made from. */
export interface Catalog {
  /** Oldest first. */
  readonly kernels: readonly KernelModel[];
  /** Sorted by name. */
  readonly kfuncs: readonly DocumentedKfunc[];
  readonly rules: readonly RuleDocumentation[];
  /** Undefined where the registry says nothing of helpers. */
  readonly helpers: HelperData | undefined;
  /** The lines that every page begins with. */
  readonly comment: readonly string[];
}

/** A kfunc, or a destructor that stands in no set. */
export interface DocumentedKfunc {
  readonly name: string;
  readonly kernels: readonly KfuncInKernel[];
}

/** What one kernel has of a kfunc. */
export interface KfuncInKernel {
  readonly version: string;
  readonly entries: readonly KfuncEntry[];
  readonly dtors: readonly DtorEntry[];
  readonly prototype: PrototypeModel | undefined;
}

/** A destructor pair and the file that registers it. */
export interface DtorEntry {
  readonly source: SourceModel;
  readonly dtor: DtorModel;
}

/** The kfuncs and destructors of all kernels, by name. */
export function documentedKfuncs(model: Model): readonly DocumentedKfunc[] {
  const byName = new Map<string, KfuncInKernel[]>();
  for (const kernel of model.kernels) {
    for (const [name, found] of kfuncsOf(kernel)) {
      const known = byName.get(name);
      if (known === undefined) {
        byName.set(name, [found]);
      } else {
        known.push(found);
      }
    }
  }
  return [...byName].sort(([a], [b]) => compareText(a, b)).map(([name, kernels]) => ({ name, kernels }));
}

function kfuncsOf(kernel: KernelModel): ReadonlyMap<string, KfuncInKernel> {
  const { version } = kernel.kernel;
  const found = new Map<string, KfuncInKernel>();
  const of = (name: string) => found.get(name) ?? { version, entries: [], dtors: [], prototype: undefined };
  for (const entry of kfuncEntries(kernel)) {
    const { name, prototype } = entry.kfunc;
    const known = of(name);
    found.set(name, {
      ...known,
      entries: [...known.entries, entry],
      prototype: known.prototype ?? prototype,
    });
  }
  for (const source of kernel.sources) {
    for (const dtor of source.dtors) {
      const known = of(dtor.kfunc);
      found.set(dtor.kfunc, {
        ...known,
        dtors: [...known.dtors, { source, dtor }],
        prototype: known.prototype ?? dtor.prototype,
      });
    }
  }
  return found;
}

/** Path of the page of a kfunc. */
export const kfuncPath = (name: string): string => `docs/kfuncs/${name}.md`;
/** Path of the page of a kernel. */
export const kernelPath = (version: string): string => `docs/kernels/${version}.md`;
/** Path of the page of a rule. */
export const rulePath = (id: string): string => `docs/rules/${id}.md`;
/** Path of the page of the BPF helpers. */
export const HELPERS_PATH = 'docs/helpers.md';
/** Path of the page that leads to all others. */
export const INDEX_PATH = 'docs/README.md';
