import { isIdentifier } from '../c/identifier.ts';
import { configNames } from '../c/config-names.ts';
import { kfuncEntries } from '../declarations/entries.ts';
import type { Model } from '../declarations/model.ts';
import { packageVersion } from '../declarations/package-files.ts';
import { compareText } from '../declarations/rows.ts';
import { FORMAT } from './format.ts';

/** What the template of the probe prints. */
export interface ProbeView {
  readonly license: string;
  readonly generator: string;
  readonly format: number;
  /** Sorted: the probe searches by halves. */
  readonly kfuncs: readonly string[];
  /** Names of configuration options, sorted. */
  readonly configs: readonly string[];
}

/** What a probe has to know of the registry: the names of all kfuncs of all kernels, and what their conditions name. */
export function probeView({ kernels }: Model): ProbeView {
  const entries = kernels.flatMap((kernel) => kfuncEntries(kernel));
  const conditions = entries.flatMap(({ source, set, kfunc }) => [source.config, set.config, kfunc.config]);
  const configs = new Set([...new Set(conditions)].flatMap((each) => (each === undefined ? [] : configNames(each))));
  return {
    license: 'GPL-2.0-only OR MIT',
    generator: `kfunc-registry ${packageVersion()}`,
    format: FORMAT,
    kfuncs: identifiers(entries.map(({ kfunc }) => kfunc.name)),
    configs: identifiers(configs),
  };
}

/** Only what is a C identifier comes into the source. */
function identifiers(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].filter(isIdentifier).sort(compareText);
}
