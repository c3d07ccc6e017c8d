import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** The data of every YAML file below a folder that has no problems, by hash of the file: see preparsed.ts. */
export function preparseRegistry(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.yaml'));
  const entries = files.sort().flatMap((name) => {
    const bytes = readFileSync(join(folder, name));
    const documents = parseAllDocuments(bytes.toString('utf8'));
    const [document] = documents;
    const isPlain = documents.length === 1 && document.errors.length + document.warnings.length === 0;
    return isPlain && document.contents !== null && !bytes.includes('\r') && !bytes.includes('*') && bytes[0] !== 0xef
      ? [[createHash('sha256').update(bytes).digest('base64url'), document.toJS()]]
      : [];
  });
  return JSON.stringify(Object.fromEntries(entries));
}
