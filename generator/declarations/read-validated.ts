import type { ErrorObject } from 'ajv';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { SchemaName } from './preparsed.ts';
import { prune, type Origins } from './prune.ts';
import { readSource, type SourceDocument } from './read-source.ts';
import { schemaErrors, valueAt, type SchemaError } from './schema-errors.ts';
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
  /** Whether nothing was taken out. */
  readonly isWhole: boolean;
  readonly origins: Origins;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a file and checks it against its schema.
 *
 * @param name of the schema: a file that is known to fit it is not checked again
 * @throws InputError where the file can't be read
 */
export function readValidated<T>(
  path: string,
  validate: Validator<T>,
  name: SchemaName,
  kernelNames: readonly string[],
): ValidatedFile<T> {
  return validated(readSource(path), validate, name, kernelNames);
}

/** As readValidated(), of a file that was read already. */
export function validated<T>(
  document: SourceDocument,
  validate: Validator<T>,
  name: SchemaName,
  kernelNames: readonly string[],
): ValidatedFile<T> {
  const { file, data } = document;
  const origins: Origins = new WeakMap();
  if (data === undefined) {
    return { file, data: undefined, isWhole: false, origins, diagnostics: document.diagnostics };
  }
  if (document.fits === name) {
    return { file, data: data as T, isWhole: true, origins, diagnostics: document.diagnostics };
  }
  if (validate(data)) {
    return { file, data, isWhole: true, origins, diagnostics: document.diagnostics };
  }
  const errorsNow = (): ReturnType<typeof schemaErrors> => (validate(data) ? [] : schemaErrors(validate.errors ?? []));
  const errors = errorsNow();
  const findings = errors.map((error) => schemaFinding(error, file, data, kernelNames));
  errors.forEach((error) => {
    mendVersion(error, file, data);
  });
  const isUsable = prune(data, errorsNow, origins);
  return {
    file,
    data: isUsable && validate(data) ? data : undefined,
    isWhole: false,
    origins,
    diagnostics: [...document.diagnostics, ...findings],
  };
}

/** A version without its v is a finding, but clear: the rest of the file is judged as if it had one. */
function mendVersion({ path, cause }: SchemaError, file: SourceFile, data: unknown): void {
  const key = path.at(-1);
  const entry = valueAt(data, path.slice(0, -1));
  if ((key === 'since' || key === 'until') && cause.keyword === 'type' && typeof entry === 'object' && entry !== null) {
    const { start, end } = file.locate(path, 'value');
    const text = file.text.slice(start, end);
    if (/^\d+\.\d+$/.test(text)) {
      Object.assign(entry, { [key]: `v${text}` });
    }
  }
}
