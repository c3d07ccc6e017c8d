import type { Declaration, Hook } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { ProbedKfunc, ProbeResult } from '../../generated/types/probe-result.ts';
import { kfuncEntries, progTypesByHook, type KfuncEntry } from '../declarations/entries.ts';
import type { KernelModel, Model } from '../declarations/model.ts';
import { compareText } from '../declarations/rows.ts';
import { planDeclaration } from '../importers/merge/plan.ts';
import { answersByType, programsByType } from './answers.ts';
import { hooksBeside, observedHooks, type ObservedHooks } from './observed-hooks.ts';
import { oneSetAHook } from './one-set-a-hook.ts';
import { addNote, put, sourceOf, targetsOf, type ProbedSource } from './probed-source.ts';

/** A declaration, and what in it the kernel did not tell. */
export interface ProbedDeclaration {
  readonly declaration: Declaration;
  readonly notes: readonly string[];
}

/**
 * What a kernel allows, as declarations of one kernel. A kernel tells names, owners and program types; sets, source files
 * and flags are those of the registry, of this kernel or else of that nearest to it which has the kfunc.
 */
export function declareProbed(result: ProbeResult, kernel: Kernel, model: Model): readonly ProbedDeclaration[] {
  const index = model.kernels.findIndex((each) => each.kernel.version === kernel.version);
  const distance = (each: KernelModel): number => Math.abs(model.kernels.indexOf(each) - index);
  const byDistance = model.kernels.toSorted((a, b) => distance(a) - distance(b));
  const sources = new Map<string, ProbedSource>();
  const types = programsByType(result);
  for (const kfunc of result.kfuncs) {
    const observed = observedHooks(answersByType(kfunc, types), kernel);
    if (observed.hooks.size > 0 || observed.beyond.length > 0) {
      declare(sources, kfunc, observed, kernel, byDistance);
    }
  }
  const versions = model.kernels.map((each) => each.kernel.version);
  return oneSetAHook([...sources.values()], kernel)
    .toSorted((a, b) => compareText(a.source, b.source) || compareText(a.owner, b.owner))
    .map(({ source, owner, sets, notes }) => {
      const content = { owner, config: undefined, sets: [...sets.values()], dtors: [] };
      const only = model.kernels.map((_, at) => (at === index ? content : undefined));
      const { declaration } = planDeclaration({ source, owner }, only, versions);
      const spelled = [...notes].map(([note, names]) => (names.length === 0 ? note : `${note}: ${names.join(', ')}`));
      return { declaration, notes: spelled };
    });
}

function declare(
  sources: Map<string, ProbedSource>,
  { name, owner }: ProbedKfunc,
  { hooks, beyond }: ObservedHooks,
  kernel: Kernel,
  byDistance: readonly KernelModel[],
): void {
  const having = byDistance.find((each) => entriesOf(each, name, owner).length > 0);
  const known = having === undefined ? [] : entriesOf(having, name, owner);
  const isOwn = having?.kernel.version === kernel.version;
  const bySet = new Map(known.map((entry) => [entry.set, entry]));
  const covered = new Set<string>();
  for (const entry of isOwn ? bySet.values() : []) {
    const { set, source } = entry;
    const kept = [...progTypesByHook(set).keys()].filter((hook) => hooks.has(hook));
    if (kept.length > 0) {
      put(sourceOf(sources, source.source, owner), set.name, targetsOf(set, kept, kernel), entry, kernel);
    }
    kept.forEach((hook) => covered.add(hook));
  }
  const rest = hooksBeside(hooks, covered);
  if (rest.length === 0 && beyond.length === 0) {
    return;
  }
  const [entry] = bySet.values();
  const source = sourceOf(sources, entry?.source.source ?? `unknown/${owner}.c`, owner);
  if (beyond.length > 0) {
    const note = `these may be called by ${beyond.join(', ')} programs too, which have no hook in ${kernel.version}`;
    addNote(source, note, name);
  }
  if (rest.length > 0) {
    const note =
      entry === undefined
        ? 'no kernel of the registry has these, and a kernel tells neither source file nor flags'
        : isOwn
          ? `the registry does not have these for ${rest.join(', ')}`
          : `the registry does not have these in ${kernel.version}: their flags are those of ${having?.kernel.version ?? ''}`;
    addNote(source, note, name);
    put(source, `probed_${rest.join('_')}`, { hooks: rest as Hook[], progTypes: [] }, entry ?? name, kernel);
  }
}

/** What a module registers may be built in: then vmlinux has it. */
function entriesOf(model: KernelModel, name: string, owner: string): readonly KfuncEntry[] {
  return kfuncEntries(model).filter(
    ({ kfunc, source }) => kfunc.name === name && kfunc.check && (source.owner === owner || owner === 'vmlinux'),
  );
}
