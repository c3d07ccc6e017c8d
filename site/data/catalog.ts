import { timelineOf, type Slot } from '../kernels/timeline.ts';
import type { ExplorerData, KernelData, KfuncData } from './explorer-data.ts';

/** The explorer's data, with what is looked up in it. */
export interface Catalog {
  /** Oldest first. */
  readonly kernels: readonly KernelData[];
  readonly timeline: readonly Slot[];
  readonly kfuncs: readonly KfuncData[];
  readonly kfuncNamed: ReadonlyMap<string, KfuncData>;
  /** Position of a kernel by its version. */
  readonly positionOf: ReadonlyMap<string, number>;
  readonly newest: number;
}

/** Prepares data that was read. */
export function makeCatalog({ kernels, kfuncs }: ExplorerData): Catalog {
  const versions = kernels.map(({ version }) => version);
  return {
    kernels,
    timeline: timelineOf(versions),
    kfuncs,
    kfuncNamed: new Map(kfuncs.map((kfunc) => [kfunc.name, kfunc])),
    positionOf: new Map(versions.map((version, position) => [version, position])),
    newest: kernels.length - 1,
  };
}

/** The version at a position. */
export function versionAt({ kernels }: Catalog, position: number): string {
  return kernels[position]?.version ?? '';
}

/** The position of the version that an address names; undefined where it names none. */
export function kernelOf({ positionOf }: Catalog, version: string | undefined): number | undefined {
  return version === undefined ? undefined : positionOf.get(version);
}
