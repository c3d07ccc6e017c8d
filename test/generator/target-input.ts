import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Model } from '../../generator/declarations/model.ts';
import type { OutputFile, TargetInput } from '../../generator/targets/target.ts';

const SCHEMAS = join(import.meta.dirname, '../../schemas');

/** Input of a target as the package itself gives it. */
export function makeInput(model: Model, more: Partial<TargetInput> = {}): TargetInput {
  return { model, contexts: { layouts: [], progTypes: [] }, schemas: new Map(), rules: [], version: '0.1.0', ...more };
}

/** The schemas of the package, by file name. */
export function packageSchemas(): ReadonlyMap<string, unknown> {
  const files = readdirSync(SCHEMAS).sort();
  return new Map(files.map((file): [string, unknown] => [file, JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8'))]));
}

/** The text of an emitted file; fails where it was not emitted. */
export function contentOf(files: readonly OutputFile[], path: string): string {
  const found = files.find((file) => file.path === path);
  if (found === undefined) {
    throw new Error(`${path} is not among ${files.map((file) => file.path).join(', ')}`);
  }
  return found.content;
}
