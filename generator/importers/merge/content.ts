import type { Kernel } from '../../../generated/types/kernel.ts';
import type { Declaration, Flag, Hook, Kfunc, ProgType } from '../../../generated/types/declaration.ts';
import { parseConfigExpression, printConfigExpression } from '../../c/config-expression.ts';
import { includes } from '../../declarations/kernel-range.ts';
import type { TreeSource } from '../tree/tree-model.ts';
import { rangeOf, type MaybeRanged, type RangeKeys } from './ranges.ts';

/** What one kernel has of a source file, as declarations say it, without positions. */
export interface Content {
  readonly owner: string;
  readonly config: string | undefined;
  readonly sets: readonly SetContent[];
  readonly dtors: readonly DtorContent[];
}

export interface SetContent {
  readonly name: string;
  readonly config: string | undefined;
  /** The hooks whose own program type is named in a registration. */
  readonly hooks: readonly Hook[];
  /** The other program types that are named. */
  readonly progTypes: readonly ProgType[];
  readonly filters: readonly string[];
  readonly kfuncs: readonly KfuncContent[];
}

export interface KfuncContent {
  readonly name: string;
  readonly flags: readonly Flag[];
  readonly check: boolean;
  readonly config: string | undefined;
}

export interface DtorContent {
  readonly type: string;
  readonly kfunc: string;
  readonly config: string | undefined;
}

/** What a source tree says of a source file. */
export function contentOfTree(source: TreeSource, kernel: Kernel): Content {
  return {
    owner: source.owner,
    config: source.config,
    sets: source.sets.map((set) => ({
      name: set.name,
      config: set.config,
      ...partition(set.registrations as readonly (ProgType | 'fmodret')[], kernel),
      filters: set.filter === undefined ? [] : [set.filter],
      kfuncs: set.kfuncs.map(({ name, flags, check, config }) => ({ name, flags: flags as Flag[], check, config })),
    })),
    dtors: source.dtors.map(({ type, kfunc, config }) => ({ type, kfunc, config })),
  };
}

/** What a declaration says of one kernel; undefined where it has nothing for it. */
export function contentAt(declaration: Declaration, kernels: readonly Kernel[], index: number): Content | undefined {
  const versions = kernels.map(({ version }) => version);
  const kernel = kernels[index];
  const outer = rangeOf(declaration, { from: 0, to: versions.length }, versions);
  if (kernel === undefined || !includes(outer, index)) {
    return undefined;
  }
  const holds = (keys: RangeKeys): boolean => includes(rangeOf(keys, outer, versions), index);
  const sets = (declaration.sets ?? []).filter(holds).map((set): SetContent => ({
    name: set.name,
    config: canonical(set.config),
    ...partition(
      [
        ...valuesAt<'hook', Hook>(set.hooks, 'hook', holds).flatMap((hook) => ownProgType(hook, kernel) ?? []),
        ...valuesAt<'prog_type', ProgType>(set.prog_types, 'prog_type', holds),
      ],
      kernel,
    ),
    filters: valuesAt<'filter', string>(set.filters, 'filter', holds),
    kfuncs: set.kfuncs
      .map((entry): Kfunc => (typeof entry === 'string' ? { name: entry } : entry))
      .filter(holds)
      .map((entry) => ({
        name: entry.name,
        flags: valuesAt<'flag', Flag>(entry.flags, 'flag', holds).filter((flag) => kernel.flags[flag] !== undefined),
        check: (entry.check ?? true) || kernel.layout !== 'id_set',
        config: canonical(entry.config),
      })),
  }));
  const dtors = (declaration.dtors ?? [])
    .filter((dtor) => holds(dtor) && kernel.limits.dtor_max_cnt !== undefined)
    .map(({ type, kfunc, config }) => ({ type, kfunc, config: canonical(config) }));
  const content = { owner: declaration.owner, config: canonical(declaration.config), sets, dtors };
  return sets.length === 0 && dtors.length === 0 ? undefined : content;
}

/** A condition in one spelling, so that two can be compared; one that can't be read stays as it is. */
export function canonical(config: string | undefined): string | undefined {
  try {
    return config === undefined ? undefined : printConfigExpression(parseConfigExpression(config));
  } catch {
    return config;
  }
}

function valuesAt<K extends string, V extends string>(
  items: readonly MaybeRanged<K, V>[] | undefined,
  key: K,
  holds: (keys: RangeKeys) => boolean,
): readonly V[] {
  return (items ?? []).flatMap((item) => (typeof item === 'string' ? [item] : holds(item) ? [item[key]] : []));
}

/** fmodret is a hook without program types: it stands for itself. */
function ownProgType(hook: Hook, kernel: Kernel): ProgType | 'fmodret' | undefined {
  const entry = kernel.hooks[hook];
  return entry !== undefined && hook === 'fmodret' ? hook : (entry?.prog_types[0] as ProgType | undefined);
}

/** The hooks whose own program type is among those named, and the rest of them, each in order. */
function partition(
  named: readonly (ProgType | 'fmodret')[],
  kernel: Kernel,
): { readonly hooks: readonly Hook[]; readonly progTypes: readonly ProgType[] } {
  const hooks: Hook[] = [];
  const progTypes: ProgType[] = [];
  for (const target of new Set(named)) {
    const own = Object.keys(kernel.hooks).find((hook) => ownProgType(hook as Hook, kernel) === target);
    if (own !== undefined) {
      hooks.push(own as Hook);
    } else if (target !== 'fmodret') {
      progTypes.push(target);
    }
  }
  return { hooks, progTypes };
}
