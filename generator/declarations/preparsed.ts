import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Prototype } from '../c/prototype.ts';
import type { Part, Path, Range, SourceFile } from '../diagnostics/source-file.ts';
import { PACKAGE_ROOT } from './package-files.ts';
import { registryDigest } from './registry-digest.ts';

/** Where the build puts what it knows of the registry's files (build/preparse-registry.ts). */
const PREPARSED = join(PACKAGE_ROOT, 'dist', 'preparsed.json');

/** The schemas that files of a registry fit. */
export type SchemaName = 'declaration' | 'kernel' | 'imported' | 'context' | 'prog-type' | 'helper';

/** A YAML file as it was when the package was built. */
export interface PreparsedYaml {
  /** The schema that the data fits. */
  readonly fits: SchemaName;
  readonly data: unknown;
  /** Where things stand, by placeKey(): of files that suppress findings, since those are located in every run. */
  readonly ranges?: Readonly<Record<string, Range>>;
}

/** What the build knows. */
export interface Preparsed {
  /** YAML files without problems, by hash. */
  readonly yaml: Readonly<Record<string, PreparsedYaml>>;
  /** Hashes of imported JSON files that fit their schema. */
  readonly imported: readonly string[];
  /** The prototypes in them, by their text. */
  readonly prototypes: Readonly<Record<string, Prototype>>;
  /** The registryDigest() of the package's own registry, if no rule found an error in it. */
  readonly validDigest: string | undefined;
}

interface Known extends Omit<Preparsed, 'imported'> {
  readonly imported: ReadonlySet<string>;
}

let known: Known | undefined;

/**
 * The data of a YAML file of the package that is as it was when the package was built, and the schema that it fits: most
 * runs read nothing else, and reading YAML would be the greatest part of them. A file that changed has another hash, and
 * is read as any other.
 */
export function preparsed(bytes: Uint8Array): PreparsedYaml | undefined {
  return own(knowledge().yaml, hashOf(bytes));
}

/** Whether imported JSON is as it was when the package was built, when it fitted its schema. */
export function isKnownImported(bytes: Uint8Array): boolean {
  return knowledge().imported.has(hashOf(bytes));
}

/** Whether files are the package's registry as it was when the package was built, and no rule found an error in it. */
export function isKnownValid(files: readonly SourceFile[]): boolean {
  const { validDigest } = knowledge();
  return validDigest !== undefined && validDigest === registryDigest(files);
}

/** A prototype as the build read it. */
export function preparsedPrototype(text: string): Prototype | undefined {
  return own(knowledge().prototypes, text);
}

/** The name of a place in a file. */
export function placeKey(path: Path, part: Part): string {
  return JSON.stringify([part, ...path]);
}

/** Texts come from files: one such as `constructor` must find nothing. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

function knowledge(): Known {
  return (known ??= readPreparsed());
}

function readPreparsed(): Known {
  try {
    const read = JSON.parse(readFileSync(PREPARSED, 'utf8')) as Preparsed;
    return { ...read, imported: new Set(read.imported) };
  } catch {
    return { yaml: {}, imported: new Set(), prototypes: {}, validDigest: undefined };
  }
}
