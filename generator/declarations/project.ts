import type { Flag, Hook, ProgType } from '../../generated/types/declaration.ts';
import type { Definition } from '../../generated/types/imported.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { ConfigExpression } from '../c/config-expression.ts';
import { CSyntaxError } from '../c/syntax-error.ts';
import { differencesOf, profileChanges } from './differences.ts';
import { hookOf } from './hook-of.ts';
import { includes } from './kernel-range.ts';
import type {
  DtorModel,
  KernelModel,
  KfuncModel,
  LinesByKernel,
  PrototypeModel,
  RegistrationModel,
  SetModel,
  SourceModel,
} from './model.ts';
import type {
  DeclaredConfig,
  DeclaredDtor,
  DeclaredFile,
  DeclaredKfunc,
  DeclaredSet,
  ImportedFile,
  Ranged,
} from './registry.ts';

/** The SPDX expression of a header whose declaration asks for none. */
const DEFAULT_LICENSE = 'GPL-2.0-only OR MIT';

/**
 * What kernels have of the declarations. Hooks, flags and program types that a kernel lacks are left out: that they are
 * declared for it is a finding of its own. Kernels that have the same of a file share one object, so that what looks at
 * all kernels need look at it only once.
 *
 * @param kernels all of them, oldest first: ranges refer to their positions
 * @param isWanted which of them to project on
 */
export function projectKernels(
  files: readonly DeclaredFile[],
  kernels: readonly Kernel[],
  isWanted: (kernel: Kernel) => boolean = () => true,
): readonly KernelModel[] {
  const sorted = files.toSorted((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : 0));
  const changes = profileChanges(kernels);
  const sources = kernels.map((): SourceModel[] => []);
  for (const file of sorted) {
    const differs = differencesOf(file, kernels, changes);
    const known: Known = { kfuncs: new Map(), prototypes: new Map() };
    let shared: SourceModel | undefined;
    for (const [index, kernel] of kernels.entries()) {
      if (differs.has(index)) {
        shared = undefined;
      }
      if (!includes(file.range, index) || !isWanted(kernel)) {
        continue;
      }
      shared ??= projectFile(file, kernel, index, known);
      if (shared.sets.length > 0 || shared.dtors.length > 0) {
        sources[index]?.push(shared);
      }
    }
  }
  return kernels.flatMap((kernel, index) => (isWanted(kernel) ? [{ kernel, sources: sources[index] ?? [] }] : []));
}

/** What the projections of a file on older kernels made, for newer kernels to share. */
interface Known {
  /** Of each entry the last. */
  readonly kfuncs: Map<DeclaredKfunc, KfuncModel>;
  readonly prototypes: Map<Definition, PrototypeModel>;
}

function projectFile(file: DeclaredFile, kernel: Kernel, index: number, known: Known): SourceModel {
  const findPrototype = prototypesOf(file, kernel, index, known);
  return {
    source: file.source,
    owner: file.owner,
    license: file.license ?? DEFAULT_LICENSE,
    description: file.description,
    config: expressionOf(file.config),
    sets: file.sets
      .filter((set) => includes(set.range, index))
      .map((set) => projectSet(set, file, kernel, index, known, findPrototype)),
    dtors:
      kernel.limits.dtor_max_cnt === undefined
        ? []
        : file.dtors
            .filter((dtor) => includes(dtor.range, index))
            .map((dtor) => projectDtor(dtor, file, findPrototype)),
    place: file.place,
  };
}

function projectSet(
  set: DeclaredSet,
  file: DeclaredFile,
  kernel: Kernel,
  index: number,
  known: Known,
  findPrototype: FindPrototype,
): SetModel {
  const lines = file.imported && own(file.imported.data.sets, set.name);
  const filter = set.filters.find(({ range }) => includes(range, index));
  return {
    name: set.name,
    description: set.description,
    config: expressionOf(set.config),
    registrations: registrationsOf(set, kernel, index),
    ...(kernel.limits.filter_max_cnt === undefined || filter === undefined ? {} : { filter: filter.value }),
    kfuncs: set.kfuncs
      .filter((kfunc) => includes(kfunc.range, index))
      .map((kfunc) => {
        const model = projectKfunc(kfunc, kernel, index, findPrototype, lines && own(lines.kfuncs, kfunc.name));
        const before = known.kfuncs.get(kfunc);
        const kept = before !== undefined && isSameKfunc(before, model) ? before : model;
        known.kfuncs.set(kfunc, kept);
        return kept;
      }),
    place: set.place,
  };
}

/**
 * Hooks stand for their own program type, fmodret for itself; one named by `prog_types` as well is registered for once.
 */
function registrationsOf(set: DeclaredSet, kernel: Kernel, index: number): readonly RegistrationModel[] {
  const byHook = set.hooks.map((entry: Ranged<Hook>) => ({
    place: entry.place,
    range: entry.range,
    progType: kernel.hooks[entry.value]?.prog_types[0] as ProgType | undefined,
    hook: kernel.hooks[entry.value] === undefined ? undefined : entry.value,
  }));
  const byType = set.progTypes.map((entry: Ranged<ProgType>) => ({
    place: entry.place,
    range: entry.range,
    progType: entry.value,
    hook: hookOf(kernel, entry.value),
  }));
  const registrations = new Map<string, RegistrationModel>();
  for (const { place, range, progType, hook } of [...byHook, ...byType]) {
    const key = progType ?? hook;
    if (includes(range, index) && key !== undefined && hook !== undefined && !registrations.has(key)) {
      registrations.set(key, { progType, hook, place });
    }
  }
  return [...registrations.values()];
}

function projectKfunc(
  kfunc: DeclaredKfunc,
  kernel: Kernel,
  index: number,
  findPrototype: FindPrototype,
  lines: LinesByKernel | undefined,
): KfuncModel {
  return {
    name: kfunc.name,
    flags: kfunc.flags.length === 0 ? NO_FLAGS : flagsOf(kfunc, kernel, index),
    check: kfunc.check || kernel.layout !== 'id_set',
    config: expressionOf(kfunc.config),
    prototype: findPrototype(kfunc.name),
    lines,
    place: kfunc.place,
  };
}

/** Whether two projections of one entry are the same. */
function isSameKfunc(a: KfuncModel, b: KfuncModel): boolean {
  return (
    a.prototype === b.prototype &&
    a.check === b.check &&
    a.flags.length === b.flags.length &&
    a.flags.every((flag, position) => flag === b.flags[position])
  );
}

const NO_FLAGS: readonly Flag[] = [];

function flagsOf({ flags }: DeclaredKfunc, kernel: Kernel, index: number): readonly Flag[] {
  const held: Flag[] = [];
  for (const { value, range } of flags) {
    if (includes(range, index) && kernel.flags[value] !== undefined && !held.includes(value)) {
      held.push(value);
    }
  }
  return held.length > 1 ? held.sort() : held;
}

function projectDtor(dtor: DeclaredDtor, file: DeclaredFile, findPrototype: FindPrototype): DtorModel {
  return {
    type: dtor.type,
    kfunc: dtor.kfunc,
    config: expressionOf(dtor.config),
    prototype: findPrototype(dtor.kfunc),
    lines: file.imported && own(file.imported.data.dtors, dtor.type),
    place: dtor.place,
  };
}

function expressionOf(config: DeclaredConfig | undefined): ConfigExpression | undefined {
  return config === undefined || config.parsed instanceof CSyntaxError ? undefined : config.parsed;
}

/** Finds prototypes of one file in one kernel: those of the declaration before those that were imported. */
type FindPrototype = (name: string) => PrototypeModel | undefined;

function prototypesOf(file: DeclaredFile, kernel: Kernel, index: number, known: Known): FindPrototype {
  const declared = new Map<string, PrototypeModel>();
  for (const { parsed, range, place } of file.prototypes) {
    if (!(parsed instanceof CSyntaxError) && includes(range, index)) {
      declared.set(parsed.name, { prototype: parsed, file: undefined, lines: undefined, place });
    }
  }
  return (name) => declared.get(name) ?? importedPrototype(file.imported, name, kernel.version, known);
}

function importedPrototype(
  imported: ImportedFile | undefined,
  name: string,
  version: string,
  known: Known,
): PrototypeModel | undefined {
  const definitions = imported && own(imported.data.functions, name);
  for (const [position, definition] of (definitions ?? []).entries()) {
    if (imported === undefined || !(version in definition.lines)) {
      continue;
    }
    const before = known.prototypes.get(definition);
    if (before !== undefined) {
      return before;
    }
    const prototype = imported.prototypeOf(definition);
    if (!(prototype instanceof CSyntaxError)) {
      const place = { file: imported.file, path: ['functions', name, position, 'prototype'] };
      const model = { prototype, file: definition.file, lines: definition.lines, place };
      known.prototypes.set(definition, model);
      return model;
    }
  }
  return undefined;
}

/** Names come from files: one such as `constructor` must find nothing. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
