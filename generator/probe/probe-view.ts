import { createHash } from 'node:crypto';
import { configNames } from '../c/config-names.ts';
import { isIdentifier } from '../c/identifier.ts';
import { kfuncEntries } from '../declarations/entries.ts';
import type { Model } from '../declarations/model.ts';
import { packageVersion } from '../declarations/package-files.ts';
import { compareText } from '../declarations/rows.ts';

/** The format of results that this version writes and reads. */
export const FORMAT = 1;

/** What the template of the probe prints. */
export interface ProbeView {
  readonly license: string;
  readonly generator: string;
  readonly format: number;
  /** See registryHash(). */
  readonly registry: string;
  /** Sorted: the probe searches by halves. */
  readonly kfuncs: readonly string[];
  /** Names of configuration options, sorted. */
  readonly configs: readonly string[];
}

/** What a probe has to know of the registry: the names of all kfuncs of all kernels, and what their conditions name. */
export function probeView(model: Model): ProbeView {
  const entries = model.kernels.flatMap((kernel) => kfuncEntries(kernel));
  const conditions = new Set(entries.flatMap(({ source, set, kfunc }) => [source.config, set.config, kfunc.config]));
  const configs = [...conditions].flatMap((each) => (each === undefined ? [] : configNames(each)));
  return {
    license: 'GPL-2.0-only OR MIT',
    generator: `kfunc-registry ${packageVersion()}`,
    format: FORMAT,
    registry: registryHash(model),
    kfuncs: kfuncNames(model),
    configs: identifiers(configs),
  };
}

/** A hash of the names that a probe of this registry asks about, by which its results tell what they may lack. */
export function registryHash(model: Model): string {
  return createHash('sha256').update(kfuncNames(model).join('\n')).digest('hex').slice(0, 16);
}

function kfuncNames({ kernels }: Model): readonly string[] {
  return identifiers(kernels.flatMap((kernel) => kfuncEntries(kernel).map(({ kfunc }) => kfunc.name)));
}

/** Only what is a C identifier comes into the source. */
function identifiers(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].filter(isIdentifier).sort(compareText);
}
