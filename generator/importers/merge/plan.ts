import type { Declaration, Dtor } from '../../../generated/types/declaration.ts';
import type { KernelRange } from '../../declarations/kernel-range.ts';
import { canonical, type Content, type DtorContent } from './content.ts';
import { planSets, type Planned, type PlannedSet } from './plan-set.ts';
import { given, rangeKeys, rangeOf } from './ranges.ts';
import { planSlots } from './slots.ts';

/** A declaration as it shall be. */
export interface Plan {
  readonly declaration: Declaration;
  readonly sets: readonly PlannedSet[];
  readonly dtors: readonly Planned<Dtor>[];
}

/**
 * Plans the declaration of a source file.
 *
 * @param existing as it is, or as much of a new one as is known
 * @param contents what each kernel shall have of it; undefined where nothing. One at least has something.
 * @param versions the kernels, as `contents` has them
 */
export function planDeclaration(
  existing: Declaration,
  contents: readonly (Content | undefined)[],
  versions: readonly string[],
): Plan {
  const { sets: oldSets, dtors: oldDtors, prototypes, since, until, config: oldConfig, ...head } = existing;
  const present = [...contents.entries()].filter((entry): entry is [number, Content] => entry[1] !== undefined);
  const hull = { from: present[0]?.[0] ?? 0, to: (present.at(-1)?.[0] ?? -1) + 1 };
  const config = commonConfig(present.map(([, content]) => content));
  const hoisted = contents.map((content) => content && withoutConfig(content, config));
  const sets = planSets(oldSets ?? [], hull, versions, (kernel) => hoisted[kernel]?.sets ?? []);
  const dtors = planDtors(oldDtors ?? [], hull, versions, (kernel) => hoisted[kernel]?.dtors ?? []);
  const old = { ...given('since', since), ...given('until', until) };
  const declaration: Declaration = {
    ...head,
    owner: present.at(-1)?.[1].owner ?? head.owner,
    ...given('config', canonical(oldConfig) === config ? oldConfig : config),
    ...rangeKeys(old, hull, { from: 0, to: versions.length }, versions),
    ...(sets.length > 0 || oldSets !== undefined ? { sets: sets.map(({ value }) => value) } : {}),
    ...(dtors.length > 0 || oldDtors !== undefined ? { dtors: dtors.map(({ value }) => value) } : {}),
    ...given('prototypes', prototypes),
  };
  return { declaration, sets, dtors };
}

function planDtors(
  existing: readonly Dtor[],
  outer: KernelRange,
  versions: readonly string[],
  dtorsAt: (kernel: number) => readonly DtorContent[],
): readonly Planned<Dtor>[] {
  const standing = existing.map((dtor) => ({ key: dtorKey(dtor), range: rangeOf(dtor, outer, versions) }));
  return planSlots(standing, outer, (kernel) => dtorsAt(kernel).map(dtorKey)).map(({ key, from, range }) => {
    const first = dtorsAt(range.from).find((dtor) => dtorKey(dtor) === key);
    const old = from === undefined ? undefined : existing[from];
    const value: Dtor = {
      type: (old ?? first)?.type ?? '',
      kfunc: (old ?? first)?.kfunc ?? '',
      ...rangeKeys(old ?? {}, range, outer, versions),
      ...given('config', (old ?? first)?.config),
    };
    return { from, value };
  });
}

/** The condition of the file, where all kernels have the same: `config` has no range. */
function commonConfig(contents: readonly Content[]): string | undefined {
  const configs = new Set(contents.map(({ config }) => config));
  return configs.size === 1 ? [...configs][0] : undefined;
}

/** With the condition of the file moved to its entries, where the file can't have it. */
function withoutConfig(content: Content, config: string | undefined): Content {
  const outer = content.config;
  if (outer === config || outer === undefined) {
    return content;
  }
  const joined = (inner: string | undefined): string | undefined =>
    canonical(inner === undefined ? outer : `(${outer}) && (${inner})`);
  return {
    ...content,
    config,
    sets: content.sets.map((set) => ({ ...set, config: joined(set.config) })),
    dtors: content.dtors.map((dtor) => ({ ...dtor, config: joined(dtor.config) })),
  };
}

function dtorKey({
  type,
  kfunc,
  config,
}: {
  readonly type: string;
  readonly kfunc: string;
  readonly config?: string | undefined;
}): string {
  return JSON.stringify([type, kfunc, canonical(config)]);
}
