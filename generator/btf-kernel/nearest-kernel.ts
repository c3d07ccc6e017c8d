import type { Btf } from '../../src/btf/btf.ts';
import { findIdByName } from '../../src/btf/find.ts';
import { profileDistance } from '../../src/btf/profile-distance.ts';
import type { KernelModel } from '../declarations/model.ts';
import { taggedKfuncs } from './tagged-kfuncs.ts';

/**
 * The kernel of the registry that a vmlinux is nearest to: the one that differs in the fewest hooks and program types,
 * which kernels only add to; of several the one that differs in the fewest kfuncs (those behind a config condition may
 * be missing), and of several still the newest.
 *
 * @param models oldest first; of these one is chosen
 */
export function nearestKernel(vmlinux: Btf, models: readonly KernelModel[]): KernelModel | undefined {
  const names = new Set(models.flatMap((model) => [...ownKfuncs(model).keys()]));
  const present = presentKfuncs(vmlinux, names);
  const [nearest] = models
    .map((model) => ({ model, profile: profileDistance(vmlinux, model.kernel), kfuncs: kfuncDistance(model, present) }))
    .toReversed()
    .sort((a, b) => a.profile - b.profile || a.kfuncs - b.kfuncs);
  return nearest?.model;
}

/** Kfuncs of vmlinux, and whether each has to be there. */
function ownKfuncs({ sources }: KernelModel): ReadonlyMap<string, boolean> {
  const kfuncs = new Map<string, boolean>();
  for (const source of sources.filter(({ owner }) => owner === 'vmlinux')) {
    for (const set of source.sets) {
      for (const { name, config } of set.kfuncs) {
        const isSure = source.config === undefined && set.config === undefined && config === undefined;
        kfuncs.set(name, isSure || kfuncs.get(name) === true);
      }
    }
  }
  return kfuncs;
}

/** With marks only marked functions count: others may exist without being kfuncs. */
function presentKfuncs(vmlinux: Btf, names: ReadonlySet<string>): ReadonlySet<string> {
  const tagged = taggedKfuncs(vmlinux);
  return new Set(
    [...names].filter((name) =>
      tagged.size > 0 ? tagged.has(name) : findIdByName(vmlinux, name, 'func') !== undefined,
    ),
  );
}

function kfuncDistance(model: KernelModel, present: ReadonlySet<string>): number {
  const kfuncs = ownKfuncs(model);
  const missing = [...kfuncs].filter(([name, isSure]) => isSure && !present.has(name));
  const more = [...present].filter((name) => !kfuncs.has(name));
  return missing.length + more.length;
}
