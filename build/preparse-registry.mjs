import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { validate as isContext } from '../generated/types/context.validate.js';
import { validate as isDeclaration } from '../generated/types/declaration.validate.js';
import { validate as isHelperFile } from '../generated/types/helper.validate.js';
import { validate as isImported } from '../generated/types/imported.validate.js';
import { validate as isKernel } from '../generated/types/kernel.validate.js';
import { validate as isProgType } from '../generated/types/prog-type.validate.js';

/** By the schema, in the order in which they are tried. */
const SCHEMAS = {
  kernel: isKernel,
  declaration: isDeclaration,
  context: isContext,
  'prog-type': isProgType,
  helper: isHelperFile,
};

/**
 * What the build knows of the files of a registry, by hash: the data of each YAML file without problems, and which of
 * the imported JSON files fit their schema. See generator/declarations/preparsed.ts.
 */
export function preparseRegistry(folder) {
  const names = readdirSync(folder, { recursive: true }).sort();
  const data = names.filter((name) => name.endsWith('.yaml')).flatMap((name) => parsed(join(folder, name)));
  const imported = names
    .filter((name) => name.endsWith('.imported.json'))
    .map((name) => readFileSync(join(folder, name)));
  const valid = imported.filter((bytes) => isImported(JSON.parse(bytes.toString('utf8'))));
  return JSON.stringify({ yaml: Object.fromEntries(data), imported: valid.map(hashOf) });
}

function parsed(path) {
  const bytes = readFileSync(path);
  const documents = parseAllDocuments(bytes.toString('utf8'));
  const [document] = documents;
  const isPlain =
    documents.length === 1 &&
    document.errors.length + document.warnings.length === 0 &&
    ['\r', '*', '\ufeff'].every((sign) => !bytes.includes(sign));
  const value = isPlain ? document.toJS() : undefined;
  const fits = Object.keys(SCHEMAS).find((name) => SCHEMAS[name](value));
  return isPlain && fits !== undefined ? [[hashOf(bytes), { fits, data: value }]] : [];
}

function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('base64url');
}
