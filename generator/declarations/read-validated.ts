import type { ErrorObject } from 'ajv';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { prune, type Origins } from './prune.ts';
import { readSource, type SourceDocument } from './read-source.ts';
import { schemaErrors } from './schema-errors.ts';
import { schemaFinding } from './schema-findings.ts';

/** A validator as `generated/types` has them. */
export interface Validator<T> {
  (data: unknown): data is T;
  errors?: readonly ErrorObject[] | null;
}

/** A file whose data fits its schema; what did not fit was taken out and is among the findings. */
export interface ValidatedFile<T> {
  readonly file: SourceFile;
  /** Undefined where nothing is left that fits. */
  readonly data: T | undefined;
  readonly origins: Origins;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a file and checks it against its schema.
 *
 * @param schema loads the JSON Schema, which is needed for findings alone
 * @throws InputError where the file can't be read
 */
export function readValidated<T>(
  path: string,
  validate: Validator<T>,
  schema: () => object,
  kernelNames: readonly string[],
): ValidatedFile<T> {
  return validated(readSource(path), validate, schema, kernelNames);
}

/** As readValidated(), of a file that was read already. */
export function validated<T>(
  document: SourceDocument,
  validate: Validator<T>,
  schema: () => object,
  kernelNames: readonly string[],
): ValidatedFile<T> {
  const { file, data } = document;
  const origins: Origins = new WeakMap();
  if (data === undefined) {
    return { file, data: undefined, origins, diagnostics: document.diagnostics };
  }
  if (validate(data)) {
    return { file, data, origins, diagnostics: document.diagnostics };
  }
  const errorsNow = (): ReturnType<typeof schemaErrors> =>
    validate(data) ? [] : schemaErrors(validate.errors ?? [], schema());
  const findings = errorsNow().map((error) => schemaFinding(error, file, data, kernelNames));
  const isUsable = prune(data, errorsNow, origins);
  return {
    file,
    data: isUsable && validate(data) ? data : undefined,
    origins,
    diagnostics: [...document.diagnostics, ...findings],
  };
}
