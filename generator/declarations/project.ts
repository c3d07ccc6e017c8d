import type { Flag, Hook, ProgType } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { ConfigExpression } from '../c/config-expression.ts';
import { CSyntaxError } from '../c/syntax-error.ts';
import { includes } from './kernel-range.ts';
import type {
  DtorModel,
  KernelModel,
  KfuncModel,
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
 * What one kernel has of the declarations. Hooks, flags and program types that the kernel lacks are left out: that
 * they are declared for it is a finding of its own.
 *
 * @param index the kernel's position among all kernels, which ranges refer to
 */
export function projectKernel(files: readonly DeclaredFile[], kernel: Kernel, index: number): KernelModel {
  const sources = files
    .filter((file) => includes(file.range, index))
    .map((file) => projectFile(file, kernel, index))
    .filter(({ sets, dtors }) => sets.length > 0 || dtors.length > 0)
    .toSorted((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : 0));
  return { kernel, sources };
}

/** The hook that a program type maps to (kernel/bpf/btf.c, bpf_prog_type_to_kfunc_hook()); undefined where to none. */
export function hookOf(kernel: Kernel, progType: string): string | undefined {
  return Object.entries(kernel.hooks).find(([, hook]) => hook.prog_types.includes(progType))?.[0];
}

function projectFile(file: DeclaredFile, kernel: Kernel, index: number): SourceModel {
  const findPrototype = prototypesOf(file, kernel, index);
  return {
    source: file.source,
    owner: file.owner,
    license: file.license ?? DEFAULT_LICENSE,
    description: file.description,
    config: expressionOf(file.config),
    sets: file.sets
      .filter((set) => includes(set.range, index))
      .map((set) => projectSet(set, file, kernel, index, findPrototype)),
    dtors:
      kernel.limits.dtor_max_cnt === undefined
        ? []
        : file.dtors
            .filter((dtor) => includes(dtor.range, index))
            .map((dtor) => projectDtor(dtor, file, kernel, findPrototype)),
    place: file.place,
  };
}

function projectSet(
  set: DeclaredSet,
  file: DeclaredFile,
  kernel: Kernel,
  index: number,
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
      .map((kfunc) =>
        projectKfunc(kfunc, kernel, index, findPrototype, lines && own(lines.kfuncs, kfunc.name)?.[kernel.version]),
      ),
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
  line: number | undefined,
): KfuncModel {
  return {
    name: kfunc.name,
    flags: kfunc.flags.length === 0 ? NO_FLAGS : flagsOf(kfunc, kernel, index),
    check: kfunc.check || kernel.layout !== 'id_set',
    config: expressionOf(kfunc.config),
    prototype: findPrototype(kfunc.name),
    line,
    place: kfunc.place,
  };
}

const NO_FLAGS: readonly Flag[] = [];

function flagsOf({ flags }: DeclaredKfunc, kernel: Kernel, index: number): readonly Flag[] {
  const held = flags.filter(({ value, range }) => includes(range, index) && kernel.flags[value] !== undefined);
  return [...new Set(held.map(({ value }) => value))].sort();
}

function projectDtor(dtor: DeclaredDtor, file: DeclaredFile, kernel: Kernel, findPrototype: FindPrototype): DtorModel {
  return {
    type: dtor.type,
    kfunc: dtor.kfunc,
    config: expressionOf(dtor.config),
    prototype: findPrototype(dtor.kfunc),
    line: file.imported && own(file.imported.data.dtors, dtor.type)?.[kernel.version],
    place: dtor.place,
  };
}

function expressionOf(config: DeclaredConfig | undefined): ConfigExpression | undefined {
  return config === undefined || config.parsed instanceof CSyntaxError ? undefined : config.parsed;
}

/** Finds prototypes of one file in one kernel: those of the declaration before those that were imported. */
type FindPrototype = (name: string) => PrototypeModel | undefined;

function prototypesOf(file: DeclaredFile, kernel: Kernel, index: number): FindPrototype {
  const declared = new Map<string, PrototypeModel>();
  for (const { parsed, range, place } of file.prototypes) {
    if (!(parsed instanceof CSyntaxError) && includes(range, index)) {
      declared.set(parsed.name, { prototype: parsed, file: undefined, line: undefined, place });
    }
  }
  return (name) => declared.get(name) ?? importedPrototype(file.imported, name, kernel.version);
}

function importedPrototype(
  imported: ImportedFile | undefined,
  name: string,
  version: string,
): PrototypeModel | undefined {
  const definitions = imported && own(imported.data.functions, name);
  for (const [position, definition] of (definitions ?? []).entries()) {
    const line = definition.lines[version];
    const prototype = imported?.prototypeOf(definition);
    if (
      imported !== undefined &&
      line !== undefined &&
      prototype !== undefined &&
      !(prototype instanceof CSyntaxError)
    ) {
      const place = { file: imported.file, path: ['functions', name, position, 'prototype'] };
      return { prototype, file: definition.file, line, place };
    }
  }
  return undefined;
}

/** Names come from files: one such as `constructor` must find nothing. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
