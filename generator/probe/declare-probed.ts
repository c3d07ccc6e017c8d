import type { Declaration, Flag, Hook, ProgType } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { ProbedKfunc, ProbeResult } from '../../generated/types/probe-result.ts';
import { kfuncEntries, type KfuncEntry } from '../declarations/entries.ts';
import type { KernelModel, Model, SetModel } from '../declarations/model.ts';
import { compareText } from '../declarations/rows.ts';
import type { KfuncContent, SetContent } from '../importers/merge/content.ts';
import { planDeclaration } from '../importers/merge/plan.ts';
import { answersByType, programsByType } from './answers.ts';
import { hooksBeside, observedHooks, type ObservedHooks } from './observed-hooks.ts';

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
  const byDistance = model.kernels.toSorted(
    (a, b) => Math.abs(model.kernels.indexOf(a) - index) - Math.abs(model.kernels.indexOf(b) - index),
  );
  const sources = new Map<string, Source>();
  const types = programsByType(result);
  for (const kfunc of result.kfuncs) {
    const observed = observedHooks(answersByType(kfunc, types), kernel);
    if (observed.hooks.size > 0 || observed.beyond.length > 0) {
      declare(sources, kfunc, observed, kernel, byDistance);
    }
  }
  const versions = model.kernels.map((each) => each.kernel.version);
  return [...sources.values()]
    .toSorted((a, b) => compareText(a.source, b.source) || compareText(a.owner, b.owner))
    .map(({ source, owner, sets, notes }) => {
      const content = { owner, config: undefined, sets: [...sets.values()].map(({ content: set }) => set), dtors: [] };
      const only = model.kernels.map((_, at) => (at === index ? content : undefined));
      const { declaration } = planDeclaration({ source, owner }, only, versions);
      return { declaration, notes: [...notes].map(([note, names]) => `${note}: ${names.join(', ')}`) };
    });
}

/** A declaration in the making. */
interface Source {
  readonly source: string;
  readonly owner: string;
  readonly sets: Map<string, { readonly content: SetContent & { readonly kfuncs: KfuncContent[] } }>;
  /** What was not told, and of which kfuncs. */
  readonly notes: Map<string, string[]>;
}

function declare(
  sources: Map<string, Source>,
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
    const kept = hooksOf(entry.set).filter((hook) => hooks.has(hook));
    kept.forEach((hook) => covered.add(hook));
    if (kept.length > 0) {
      put(
        sourceOf(sources, entry.source.source, owner),
        entry.set.name,
        targetsOf(entry.set, kept, kernel),
        entry,
        kernel,
      );
    }
  }
  const rest = hooksBeside(hooks, covered);
  if (rest.length === 0 && beyond.length === 0) {
    return;
  }
  const [entry] = bySet.values();
  const source = sourceOf(sources, entry?.source.source ?? `unknown/${owner}.c`, owner);
  const add = (note: string): unknown => source.notes.set(note, [...(source.notes.get(note) ?? []), name]);
  if (beyond.length > 0) {
    add(`these may be called by ${beyond.join(', ')} programs too, which have no hook in ${kernel.version}`);
  }
  if (rest.length === 0) {
    return;
  }
  add(
    entry === undefined
      ? 'no kernel of the registry has these, and a kernel tells neither source file nor flags'
      : isOwn
        ? `the registry does not have these for ${rest.join(', ')}`
        : `the registry does not have these in ${kernel.version}: their flags are those of ${having?.kernel.version ?? ''}`,
  );
  put(source, `probed_${rest.join('_')}`, { hooks: rest as Hook[], progTypes: [] }, entry ?? name, kernel);
}

type Targets = Pick<SetContent, 'hooks' | 'progTypes'>;

/** A set whose kfuncs are not all allowed for the same hooks becomes several. */
function put(source: Source, name: string, targets: Targets, kfunc: KfuncEntry | string, kernel: Kernel): void {
  const spelled = [...targets.hooks, ...targets.progTypes].join('_');
  const [first] = [...source.sets].filter(([key]) => key.startsWith(`${name} `));
  const key = `${name} ${spelled}`;
  const unique = first === undefined || first[0] === key ? name : `${name}_${spelled}`;
  const set = source.sets.get(key) ?? {
    content: { name: unique, config: undefined, ...targets, filters: filtersOf(kfunc), kfuncs: [] },
  };
  source.sets.set(key, set);
  if (typeof kfunc === 'string') {
    set.content.kfuncs.push({ name: kfunc, flags: [], check: true, config: undefined });
    return;
  }
  const { name: kfuncName, flags } = kfunc.kfunc;
  const held = flags.filter((flag: Flag) => kernel.flags[flag] !== undefined);
  set.content.kfuncs.push({ name: kfuncName, flags: held, check: true, config: undefined });
}

function filtersOf(kfunc: KfuncEntry | string): readonly string[] {
  return typeof kfunc === 'string' || kfunc.set.filter === undefined ? [] : [kfunc.set.filter];
}

function sourceOf(sources: Map<string, Source>, path: string, owner: string): Source {
  const key = `${path}\0${owner}`;
  const source: Source = sources.get(key) ?? {
    source: path,
    owner,
    sets: new Map(),
    notes: new Map(),
  };
  sources.set(key, source);
  return source;
}

/** What a module registers may be built in: then vmlinux has it. */
function entriesOf(model: KernelModel, name: string, owner: string): readonly KfuncEntry[] {
  return kfuncEntries(model).filter(
    ({ kfunc, source }) => kfunc.name === name && kfunc.check && (source.owner === owner || owner === 'vmlinux'),
  );
}

function hooksOf({ registrations }: SetModel): readonly string[] {
  return [...new Set(registrations.map(({ hook }) => hook))];
}

/** The registrations for some hooks as declarations spell them: a hook stands for its first program type. */
function targetsOf({ registrations }: SetModel, hooks: readonly string[], kernel: Kernel): Targets {
  const kept = registrations.filter(({ hook }) => hooks.includes(hook));
  const isOwnType = ({ hook, progType }: (typeof kept)[number]): boolean =>
    progType === undefined || kernel.hooks[hook]?.prog_types[0] === progType;
  return {
    hooks: kept.filter(isOwnType).map(({ hook }) => hook as Hook),
    progTypes: kept
      .filter((each) => !isOwnType(each))
      .flatMap(({ progType }): ProgType[] => (progType === undefined ? [] : [progType])),
  };
}
