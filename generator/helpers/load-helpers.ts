import { validate } from '../../generated/types/helper.validate.js';
import type { HelperFile } from '../../generated/types/helper.ts';
import { findHelperFiles } from '../declarations/find-files.ts';
import { readValidated, type ValidatedFile } from '../declarations/read-validated.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';

/** A file about helpers whose data fits the schema. */
export type ReadHelperFile = Required<Pick<ValidatedFile<HelperFile>, 'file' | 'isWhole' | 'origins'>> & {
  readonly data: HelperFile;
};

/** The files of a registry about BPF helpers; the findings are those of reading, the rules have not run. */
export interface LoadedHelpers {
  /** Those of which something is left that fits the schema. */
  readonly read: readonly ReadHelperFile[];
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A registry without helpers. */
export const NO_HELPERS: LoadedHelpers = { read: [], files: [], diagnostics: [] };

/**
 * Reads what a registry says of BPF helpers.
 *
 * @param versions the kernels that have a profile
 * @throws InputError where a file can't be read
 */
export function loadHelpers(registry: string, versions: readonly string[]): LoadedHelpers {
  const all = findHelperFiles(registry).map((path) => readValidated<HelperFile>(path, validate, 'helper', versions));
  return {
    read: all.flatMap(({ data, ...rest }) => (data === undefined ? [] : [{ ...rest, data }])),
    files: all.map(({ file }) => file),
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Several registries as one. */
export function joinHelpers(all: readonly LoadedHelpers[]): LoadedHelpers {
  return {
    read: all.flatMap(({ read }) => read),
    files: all.flatMap(({ files }) => files),
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
  };
}
