import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate as isContext } from '../generated/types/context.validate.js';
import { validate as isDeclaration } from '../generated/types/declaration.validate.js';
import { validate as isHelperFile } from '../generated/types/helper.validate.js';
import type { Imported } from '../generated/types/imported.ts';
import { validate as isImported } from '../generated/types/imported.validate.js';
import { validate as isKernel } from '../generated/types/kernel.validate.js';
import { validate as isProgType } from '../generated/types/prog-type.validate.js';
import { parsePrototype, type Prototype } from '../generator/c/prototype.ts';
import { attempt, CSyntaxError } from '../generator/c/syntax-error.ts';
import { loadProfiles, loadRegistry } from '../generator/declarations/load.ts';
import { placeKey, type Preparsed, type PreparsedYaml, type SchemaName } from '../generator/declarations/preparsed.ts';
import { registryDigest } from '../generator/declarations/registry-digest.ts';
import { readYaml, type YamlDocument } from '../generator/declarations/yaml-document.ts';
import type { Path, Range } from '../generator/diagnostics/source-file.ts';
import { validateRegistry } from '../generator/rules/validate.ts';

/** The schemas of YAML files, in the order in which they are tried. */
const SCHEMAS: readonly (readonly [SchemaName, (data: unknown) => boolean])[] = [
  ['kernel', isKernel],
  ['declaration', isDeclaration],
  ['context', isContext],
  ['prog-type', isProgType],
  ['helper', isHelperFile],
];

/** What the build knows of the files of a registry: see generator/declarations/preparsed.ts. */
export function preparseRegistry(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const filesOf = (suffix: string): Buffer[] =>
    names.filter((name) => name.endsWith(suffix)).map((name) => readFileSync(join(folder, name)));
  const imported = filesOf('.imported.json').flatMap((bytes) => {
    const data: unknown = JSON.parse(bytes.toString('utf8'));
    return isImported(data) ? [{ hash: hashOf(bytes), data }] : [];
  });
  const preparsed: Preparsed = {
    yaml: Object.fromEntries(filesOf('.yaml').flatMap(parsed)),
    imported: imported.map(({ hash }) => hash),
    prototypes: Object.fromEntries(imported.flatMap(({ data }) => prototypesOf(data))),
    validDigest: digestIfValid(folder),
  };
  return JSON.stringify(preparsed);
}

/** By all rules, which most commands then need not run. */
function digestIfValid(folder: string): string | undefined {
  const loaded = loadRegistry([folder], loadProfiles());
  const isValid =
    loaded.unreadable.length === 0 && !validateRegistry(loaded).some(({ severity }) => severity === 'error');
  return isValid ? registryDigest(loaded.files) : undefined;
}

function parsed(bytes: Buffer): readonly (readonly [string, PreparsedYaml])[] {
  const text = bytes.toString('utf8');
  const document = readYaml(text);
  // What there may be a finding about is left to the reader.
  const isPlain = document.problems.length === 0 && ['\r', '\ufeff'].every((sign) => !text.includes(sign));
  const { data } = document;
  const fits = SCHEMAS.find(([, validate]) => validate(data))?.[0];
  if (!isPlain || fits === undefined) {
    return [];
  }
  const isSuppressing = text.includes('kfuncs-ignore');
  return [[hashOf(bytes), { fits, data, ...(isSuppressing ? { ranges: rangesOf(document) } : {}) }]];
}

/** Where everything in a document stands. */
function rangesOf({ data, locate }: YamlDocument): Record<string, Range> {
  const ranges: Record<string, Range> = {};
  const visit = (value: unknown, path: Path): void => {
    for (const part of ['key', 'value'] as const) {
      ranges[placeKey(path, part)] = locate(path, part);
    }
    if (Array.isArray(value)) {
      value.forEach((item: unknown, index) => {
        visit(item, [...path, index]);
      });
    } else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([key, item]) => {
        visit(item, [...path, key]);
      });
    }
  };
  visit(data, []);
  return ranges;
}

function prototypesOf({ functions }: Imported): readonly (readonly [string, Prototype])[] {
  return Object.values(functions)
    .flat()
    .flatMap(({ prototype }) => {
      const read = attempt(() => parsePrototype(prototype));
      return read instanceof CSyntaxError ? [] : [[prototype, read] as const];
    });
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}
