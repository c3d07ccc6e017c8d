import type { Hook } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import { hookOf } from '../declarations/hook-of.ts';
import type { ProbedSet, ProbedSource } from './probed-source.ts';

/**
 * A kernel takes one set of a module for each hook (kernel/bpf/btf.c, btf_populate_kfunc_set()), so it can't have taken
 * what several sets say together: the sets of such a module become one a hook.
 */
export function oneSetAHook(sources: readonly ProbedSource[], kernel: Kernel): readonly ProbedSource[] {
  const byOwner = new Map<string, ProbedSource[]>();
  for (const each of sources) {
    byOwner.set(each.owner, [...(byOwner.get(each.owner) ?? []), each]);
  }
  return [...byOwner].flatMap(([owner, all]) => {
    const hooks = all.flatMap(({ sets }) => [...sets.values()].flatMap((set) => hooksOf(set, kernel)));
    const isTwice = owner !== 'vmlinux' && new Set(hooks).size < hooks.length;
    return isTwice ? [joined(all, owner, kernel)] : all;
  });
}

function joined(sources: readonly ProbedSource[], owner: string, kernel: Kernel): ProbedSource {
  const known = sources.find(({ source }) => !source.startsWith('unknown/')) ?? sources[0];
  const sets = new Map<string, ProbedSet>();
  for (const set of sources.flatMap((each) => [...each.sets.values()])) {
    for (const hook of hooksOf(set, kernel)) {
      const name = `probed_${hook}`;
      const into = sets.get(name) ?? { ...set, name, hooks: [hook as Hook], progTypes: [], kfuncs: [] };
      sets.set(name, into);
      into.kfuncs.push(...set.kfuncs.filter((kfunc) => into.kfuncs.every(({ name: other }) => other !== kfunc.name)));
    }
  }
  const note = `a kernel takes one set of a module for each hook, so the sets of ${owner} were put together`;
  const notes = new Map([[note, []], ...sources.flatMap((each) => [...each.notes])]);
  return { source: known?.source ?? `unknown/${owner}.c`, owner, sets, notes };
}

/** As many as the set has registrations. */
function hooksOf({ hooks, progTypes }: ProbedSet, kernel: Kernel): readonly string[] {
  return [...hooks, ...progTypes.flatMap((type) => hookOf(kernel, type) ?? [])];
}
