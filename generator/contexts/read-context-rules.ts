import { join } from 'node:path';
import type { ContextLayout } from '../../generated/types/context.ts';
import { validate as validateLayout } from '../../generated/types/context.validate.js';
import type { ProgTypeRules } from '../../generated/types/prog-type.ts';
import { validate as validateProgType } from '../../generated/types/prog-type.validate.js';
import { findYaml } from '../declarations/find-files.ts';
import { PACKAGE_ROOT } from '../declarations/package-files.ts';
import { readValidated } from '../declarations/read-validated.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { compareText } from '../declarations/rows.ts';
import type { ContextRules } from './context-rules.ts';

/** The rules as they were read, and what was found in their files. */
export interface ReadContextRules {
  readonly rules: ContextRules;
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads registry/contexts and registry/prog-types of the package.
 *
 * @param kernelNames the kernels that there are, for findings about others
 * @throws InputError where a file can't be read
 */
export function readContextRules(kernelNames: readonly string[]): ReadContextRules {
  const layouts = findYaml(join(PACKAGE_ROOT, 'registry', 'contexts')).map((path) =>
    readValidated<ContextLayout>(path, validateLayout, 'context', kernelNames),
  );
  const progTypes = findYaml(join(PACKAGE_ROOT, 'registry', 'prog-types')).map((path) =>
    readValidated<ProgTypeRules>(path, validateProgType, 'prog-type', kernelNames),
  );
  return {
    rules: {
      layouts: layouts.flatMap(({ data }) => data ?? []).toSorted((a, b) => compareText(a.context, b.context)),
      progTypes: progTypes.flatMap(({ data }) => data ?? []).toSorted((a, b) => compareText(a.prog_type, b.prog_type)),
    },
    files: [...layouts, ...progTypes].map(({ file }) => file),
    diagnostics: [...layouts, ...progTypes].flatMap(({ diagnostics }) => diagnostics),
  };
}
