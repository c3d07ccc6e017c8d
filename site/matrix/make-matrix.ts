import type { Catalog } from '../data/catalog.ts';
import { holds } from '../data/ranges.ts';

/** Kfuncs by hooks in one kernel. */
export interface Matrix {
  /** Hooks in the order of the kernel. */
  readonly columns: readonly string[];
  /** Sorted by kfunc. */
  readonly rows: readonly MatrixRow[];
  /** All flags that stand in a row, sorted. */
  readonly flags: readonly string[];
  /** Whether a cell has none. */
  readonly hasNone: boolean;
}

export interface MatrixRow {
  readonly name: string;
  readonly owner: string;
  /** Flags by hook, sorted; a hook whose programs can't call it is not among them. */
  readonly cells: ReadonlyMap<string, readonly string[]>;
}

/** What is left out. Empty texts leave nothing out. */
export interface MatrixFilter {
  /** A part of the name. */
  readonly name: string;
  readonly flag: string;
  readonly owner: string;
  /** Also hooks that no kfunc that is shown is registered for. */
  readonly withEmpty: boolean;
}

/** The matrix of a kernel. */
export function makeMatrix(catalog: Catalog, position: number, filter: MatrixFilter): Matrix {
  const rows = catalog.kfuncs.flatMap(({ name, entries }): readonly MatrixRow[] => {
    if (!name.includes(filter.name.trim().toLowerCase())) return [];
    const held = entries.filter(
      (entry) =>
        entry.isUncallable !== true &&
        holds(entry.kernels, position) &&
        (filter.owner === '' || entry.owner === filter.owner) &&
        (filter.flag === '' || entry.flags.includes(filter.flag)),
    );
    const cells = new Map<string, readonly string[]>();
    for (const { hook, flags } of held) {
      cells.set(hook, [...new Set([...(cells.get(hook) ?? []), ...flags])].sort());
    }
    const owner = [...new Set(held.map((entry) => entry.owner))].join(', ');
    return cells.size === 0 ? [] : [{ name, owner, cells }];
  });
  const used = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
  const hooks = Object.keys(catalog.kernels[position]?.hooks ?? {});
  const cells = rows.flatMap((row) => [...row.cells.values()]);
  return {
    columns: filter.withEmpty ? hooks : hooks.filter((hook) => used.has(hook)),
    rows,
    flags: [...new Set(cells.flat())].sort(),
    hasNone: cells.some((flags) => flags.length === 0),
  };
}

/** What can be chosen for a kernel: its flags and owners that callable kfuncs have, sorted. */
export function choicesOf(
  catalog: Catalog,
  position: number,
): { readonly flags: readonly string[]; readonly owners: readonly string[] } {
  const entries = catalog.kfuncs
    .flatMap((kfunc) => kfunc.entries)
    .filter((entry) => entry.isUncallable !== true && holds(entry.kernels, position));
  return {
    flags: [...new Set(entries.flatMap(({ flags }) => flags))].sort(),
    owners: [...new Set(entries.map(({ owner }) => owner))].sort(),
  };
}
