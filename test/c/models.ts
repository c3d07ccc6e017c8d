import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Flag, ProgType } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import { parseConfigExpression } from '../../generator/c/config-expression.ts';
import type { DtorModel, KfuncModel, SetModel, SourceModel } from '../../generator/declarations/model.ts';
import type { Place } from '../../generator/declarations/place.ts';

/** Models of declarations are written by hand here; no file stands behind them. */
const place: Place = {
  file: { name: 'by-hand.yaml', text: '', lineStarts: [0], locate: () => ({ start: 0, end: 0 }) },
  path: [],
};

/** The profile of a kernel, as the registry has it. */
export function kernelProfile(version: string): Kernel {
  return parse(readFileSync(new URL(`../../registry/kernels/${version}.yaml`, import.meta.url), 'utf8')) as Kernel;
}

/** A kernel whose sets carry the mark of kfunc sets, which the registry has no profile of. */
export const kernelWithMarkedSets: Kernel = {
  ...kernelProfile('v6.1'),
  version: 'v6.9',
  release: '6.9.0',
  layout: 'kfuncs',
};

/** What a hand-written source file may leave out. */
interface SourceParts {
  readonly owner?: string;
  readonly license?: string;
  readonly config?: string;
  readonly sets?: readonly SetModel[];
  readonly dtors?: readonly DtorModel[];
}

export function sourceModel(source: string, parts: SourceParts): SourceModel {
  return {
    source,
    owner: parts.owner ?? 'vmlinux',
    license: parts.license ?? 'GPL-2.0-only OR MIT',
    description: undefined,
    config: condition(parts.config),
    sets: parts.sets ?? [],
    dtors: parts.dtors ?? [],
    place,
  };
}

export function setModel(
  name: string,
  progTypes: readonly ProgType[],
  kfuncs: readonly KfuncModel[],
  config?: string,
): SetModel {
  const registrations = progTypes.map((progType) => ({ progType, hook: progType, place }));
  return { name, description: undefined, config: condition(config), registrations, kfuncs, place };
}

export function kfuncModel(
  name: string,
  flags: readonly Flag[] = [],
  more: { readonly config?: string; readonly check?: boolean } = {},
): KfuncModel {
  const { config, check = true } = more;
  return { name, flags, check, config: condition(config), prototype: undefined, line: undefined, place };
}

export function dtorModel(type: string, kfunc: string, config?: string): DtorModel {
  return { type, kfunc, config: condition(config), prototype: undefined, line: undefined, place };
}

function condition(text: string | undefined): SourceModel['config'] {
  return text === undefined ? undefined : parseConfigExpression(text);
}
