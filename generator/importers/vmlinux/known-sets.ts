import type { Declaration } from '../../../generated/types/declaration.ts';
import type { Kernel } from '../../../generated/types/kernel.ts';
import { contentAt, type SetContent } from '../merge/content.ts';
import type { BinarySet } from './binary-model.ts';

/** A set that the registry has for a kernel. */
export interface KnownSet {
  readonly source: string;
  readonly set: SetContent;
}

/** The sets that declarations have for the kernel of an index. */
export function knownSets(
  declarations: readonly Declaration[],
  kernels: readonly Kernel[],
  index: number,
): readonly KnownSet[] {
  return declarations.flatMap((declaration) =>
    (contentAt(declaration, kernels, index)?.sets ?? []).map((set) => ({ source: declaration.source, set })),
  );
}

/**
 * The set of the registry that a binary's set is: of those that share a kfunc with it that of its name, else the one
 * that shares most. Undefined where there is none, or several share as many.
 */
export function matchSet(set: BinarySet, known: readonly KnownSet[]): KnownSet | undefined {
  const names = new Set(set.kfuncs.map(({ name }) => name));
  const sharing = known
    .map((each) => ({ each, shared: each.set.kfuncs.filter(({ name }) => names.has(name)).length }))
    .filter(({ shared }) => shared > 0);
  const named = sharing.filter(({ each }) => each.set.name === set.name);
  const candidates = named.length > 0 ? named : sharing;
  const most = Math.max(0, ...candidates.map(({ shared }) => shared));
  const [best, ...others] = candidates.filter(({ shared }) => shared === most);
  return others.length === 0 ? best?.each : undefined;
}
