import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { validate as validateDeclaration } from '../../generated/types/declaration.validate.js';
import { validate as validateImported } from '../../generated/types/imported.validate.js';
import { validate as validateKernel } from '../../generated/types/kernel.validate.js';
import type { Definition } from '../../generated/types/imported.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { ContextRules } from '../contexts/context-rules.ts';
import { readContextRules } from '../contexts/read-context-rules.ts';
import { parsePrototype, type Prototype } from '../c/prototype.ts';
import { attempt, type CSyntaxError } from '../c/syntax-error.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { joinHelpers, loadHelpers, NO_HELPERS, type LoadedHelpers } from '../helpers/load-helpers.ts';
import { findDeclarations, findProfiles, registryOfHelperFile, realPath, statOf } from './find-files.ts';
import { InputError } from './input-error.ts';
import { sortKernels } from './kernel-range.ts';
import { lowerDeclaration } from './lower.ts';
import { PACKAGE_ROOT } from './package-files.ts';
import { preparsedPrototype } from './preparsed.ts';
import { projectKernels } from './project.ts';
import { displayName, documentOf, IMPORTED, readSource, type SourceDocument } from './read-source.ts';
import { readValidated, validated } from './read-validated.ts';
import type { DeclaredFile, ImportedFile, Registry } from './registry.ts';

/** The kernel profiles, oldest first, and what was found in their files. */
export interface Profiles {
  readonly kernels: readonly Kernel[];
  /** What the verifier knows of contexts and program types. */
  readonly contexts: ContextRules;
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A registry as it was read; the findings are those of reading, the rules have not run. */
export interface LoadedRegistry {
  readonly registry: Registry;
  readonly contexts: ContextRules;
  /** What the registries say of BPF helpers. */
  readonly helpers: LoadedHelpers;
  /** Every file that was read: profiles, declarations and what was imported beside them. */
  readonly files: readonly SourceFile[];
  /** How many of them are declarations. */
  readonly declarations: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Files that could not be read at all. */
  readonly unreadable: readonly InputError[];
}

/** Reads the kernel profiles of the package. */
export function loadProfiles(): Profiles {
  const read = findProfiles(join(PACKAGE_ROOT, 'registry')).map((path) =>
    readValidated<Kernel>(path, validateKernel, 'kernel', []),
  );
  const kernels = sortKernels(read.flatMap(({ data }) => data ?? []));
  const contexts = readContextRules(kernels.map(({ version }) => version));
  return {
    kernels,
    contexts: contexts.rules,
    files: [...read.map(({ file }) => file), ...contexts.files],
    diagnostics: [...read.flatMap(({ diagnostics }) => diagnostics), ...contexts.diagnostics],
  };
}

/**
 * Reads declarations and projects them on kernels.
 *
 * @param paths registries (folders) and declaration files
 * @param kernelNames the kernels to project on; all where none is named
 * @param unwritten texts by path that are read in place of the files there, or as if there were files
 * @throws InputError where a path does not exist or a kernel is not known
 */
export function loadRegistry(
  paths: readonly string[],
  profiles: Profiles,
  kernelNames: readonly string[] = [],
  unwritten: ReadonlyMap<string, string> = new Map(),
): LoadedRegistry {
  const { kernels } = profiles;
  const versions = kernels.map(({ version }) => version);
  const declared: DeclaredFile[] = [];
  const files: SourceFile[] = [...profiles.files];
  const diagnostics: Diagnostic[] = [...profiles.diagnostics];
  const unreadable: InputError[] = [];
  let declarations = 0;
  const collect = (path: string): void => {
    const text = unwritten.get(path);
    const document = text === undefined ? readSource(path) : documentOf(displayName(path), Buffer.from(text));
    const imported = readImported(path, versions);
    declarations++;
    files.push(document.file, ...(imported === undefined ? [] : [imported.file]));
    diagnostics.push(...(imported?.diagnostics ?? []));
    for (const each of itemsOf(document)) {
      const read = validated(each, validateDeclaration, 'declaration', versions);
      diagnostics.push(...read.diagnostics);
      if (read.data !== undefined) {
        declared.push(lowerDeclaration(read, read.data, versions, imported?.content));
      }
    }
  };
  // Files about helpers are read together: what one names stands in another.
  const registries = new Set(paths.map((path) => registryOfHelperFile(path) ?? path));
  const helpers = joinHelpers(
    [...registries].map((path) => attemptInput(() => loadHelpers(path, versions), unreadable) ?? NO_HELPERS),
  );
  files.push(...helpers.files);
  diagnostics.push(...helpers.diagnostics);
  const seen = new Set<string>();
  for (const path of paths.filter((each) => registryOfHelperFile(each) === undefined)) {
    for (const file of attemptInput(() => filesOf(path), unreadable) ?? []) {
      attemptInput(() => {
        const real = realPath(file);
        if (!seen.has(real)) {
          seen.add(real);
          collect(file);
        }
      }, unreadable);
    }
  }
  for (const path of unwritten.keys()) {
    if (statOf(path) === undefined) {
      collect(path);
    }
  }
  const selected = projectKernels(
    declared,
    kernels,
    ({ version }) => kernelNames.length === 0 || kernelNames.includes(version),
  );
  return {
    contexts: profiles.contexts,
    registry: { kernels, files: declared, model: { kernels: selected } },
    helpers,
    files,
    declarations,
    diagnostics,
    unreadable,
  };
}

/** A file may hold a list of declarations, as `kfuncs import` prints it: each is taken for a file of its own. */
function itemsOf(document: SourceDocument): readonly SourceDocument[] {
  const { file, data } = document;
  if (!Array.isArray(data)) {
    return [document];
  }
  return data.map((item: unknown, index) => ({
    file: { ...file, lineStarts: file.lineStarts, locate: (path, part) => file.locate([index, ...path], part) },
    data: item,
    diagnostics: index === 0 ? document.diagnostics : [],
  }));
}

function filesOf(path: string): readonly string[] {
  const stat = statOf(path);
  if (stat === undefined) {
    throw new InputError(path, 'there is no such file or folder');
  }
  if (path.endsWith(IMPORTED)) {
    throw new InputError(path, 'it is what was imported beside a declaration; name the declaration');
  }
  const found = stat.isDirectory() ? findDeclarations(path) : [path];
  if (found.length === 0) {
    throw new InputError(path, 'there are no declarations in it');
  }
  return found;
}

/** Collects what can't be read, so that all of it is told at once. */
function attemptInput<T>(read: () => T, unreadable: InputError[]): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) {
      unreadable.push(error);
      return undefined;
    }
    throw error;
  }
}

interface ReadImported {
  readonly file: SourceFile;
  readonly content: ImportedFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function readImported(declaration: string, versions: readonly string[]): ReadImported | undefined {
  const path = declaration.replace(/\.(ya?ml|json)$/, IMPORTED);
  if (path === declaration || !existsSync(path)) {
    return undefined;
  }
  const { file, data, diagnostics } = readValidated(path, validateImported, 'imported', versions);
  const parsed = new Map<string, Prototype | CSyntaxError>();
  const prototypeOf = ({ prototype }: Definition): Prototype | CSyntaxError => {
    const known = parsed.get(prototype) ?? preparsedPrototype(prototype) ?? attempt(() => parsePrototype(prototype));
    parsed.set(prototype, known);
    return known;
  };
  return { file, content: data === undefined ? undefined : { file, data, prototypeOf }, diagnostics };
}
