import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findDeclarations, statOf } from '../../../generator/declarations/find-files.ts';
import { loadRegistry, type LoadedRegistry, type Profiles } from '../../../generator/declarations/load.ts';
import { displayName } from '../../../generator/declarations/read-source.ts';
import { AddError } from '../../../generator/add/add-error.ts';
import { beginDeclaration, schemaFrom } from '../../../generator/add/new-declaration.ts';
import type { AddRequest } from '../../../generator/add/request.ts';
import type { Diagnostic } from '../../../generator/diagnostics/diagnostic.ts';
import { nearest } from '../../../generator/diagnostics/nearest.ts';

/** A registry that is to be changed. */
export interface OpenedRegistry {
  readonly folder: string;
  /** What is read to load it. */
  readonly roots: readonly string[];
  /** Its declaration files by the names that findings have for them. */
  readonly paths: ReadonlyMap<string, string>;
  readonly loaded: LoadedRegistry;
  readonly sources: readonly string[];
}

/** The declaration file that gets an entry. */
export interface DeclarationFile {
  readonly path: string;
  /** Its text; undefined where there is no such file yet. */
  readonly before: string | undefined;
  /** The text that the entry is added to. */
  readonly begun: string;
}

/** A file that does not fit its schema, so that nothing can be added. */
export interface BrokenFile {
  readonly path: string;
  readonly findings: readonly Diagnostic[];
}

/**
 * Reads a registry; one that is empty will do.
 *
 * @throws InputError where a file of it can't be read
 */
export function openRegistry(folder: string, profiles: Profiles): OpenedRegistry {
  const files = findDeclarations(folder);
  const roots = files.length === 0 ? [] : [folder];
  const loaded = loadRegistry(roots, profiles);
  const [unreadable] = loaded.unreadable;
  if (unreadable !== undefined) {
    throw unreadable;
  }
  const sources = loaded.registry.files.map(({ source }) => source);
  return { folder, roots, paths: new Map(files.map((path) => [displayName(path), path])), loaded, sources };
}

/**
 * The declaration of a source file, or the beginning of one.
 *
 * @throws AddError where one can't be begun
 */
export function declarationFor(opened: OpenedRegistry, request: AddRequest): DeclarationFile | BrokenFile {
  const { paths, loaded, folder } = opened;
  const { source } = request;
  const declared = loaded.registry.files.find((each) => each.source === source);
  if (declared !== undefined) {
    const path = paths.get(declared.file.name) ?? declared.file.name;
    const { text } = declared.file;
    const findings = loaded.diagnostics.filter(({ file }) => file.name === declared.file.name);
    return declared.isWhole ? { path, before: text, begun: text } : { path, findings };
  }
  const inner = join(folder, 'kfuncs');
  const path = join(statOf(inner)?.isDirectory() === true ? inner : folder, source.replace(/\.[ch]$/, '.yaml'));
  if (existsSync(path)) {
    const name = displayName(path);
    const findings = loaded.diagnostics.filter(({ file }) => file.name === name);
    if (findings.length > 0) {
      return { path, findings };
    }
    throw new AddError(`${name} is the file for ${source}, but declares another source file`);
  }
  const near = nearest(source, opened.sources);
  if (near !== undefined && request.owner === undefined) {
    throw new AddError(`there is no declaration of ${source}: did you mean ${near}? (--owner begins one)`);
  }
  const schema = [...loaded.registry.files]
    .map(({ file }) => schemaFrom(file.text, paths.get(file.name) ?? file.name, path))
    .find((each) => each !== undefined);
  return { path, before: undefined, begun: beginDeclaration(request, schema) };
}
