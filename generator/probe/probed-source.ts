import type { Hook, ProgType } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { KfuncEntry } from '../declarations/entries.ts';
import type { SetModel } from '../declarations/model.ts';
import type { KfuncContent, SetContent } from '../importers/merge/content.ts';

/** A declaration in the making. */
export interface ProbedSource {
  readonly source: string;
  readonly owner: string;
  /** By name, and what they are registered for. */
  readonly sets: Map<string, ProbedSet>;
  /** What was not told, and of which kfuncs. */
  readonly notes: Map<string, string[]>;
}

/** A set in the making. */
export interface ProbedSet extends SetContent {
  readonly kfuncs: KfuncContent[];
}

/** What a set is registered for. */
export type Targets = Pick<SetContent, 'hooks' | 'progTypes'>;

/** The source of a path and owner, new where there is none yet. */
export function sourceOf(sources: Map<string, ProbedSource>, path: string, owner: string): ProbedSource {
  const key = `${path}\0${owner}`;
  const source = sources.get(key) ?? { source: path, owner, sets: new Map(), notes: new Map() };
  sources.set(key, source);
  return source;
}

/** Notes that something was not told of a kfunc. */
export function addNote({ notes }: ProbedSource, note: string, kfunc: string): void {
  notes.set(note, [...(notes.get(note) ?? []), kfunc]);
}

/** Puts a kfunc into a set. One whose kfuncs are not all allowed for the same hooks becomes several. */
export function put(
  { sets }: ProbedSource,
  name: string,
  targets: Targets,
  kfunc: KfuncEntry | string,
  kernel: Kernel,
): void {
  const spelled = [...targets.hooks, ...targets.progTypes].join('_');
  const key = `${name} ${spelled}`;
  const isTaken = [...sets].some(([other, set]) => other !== key && set.name === name);
  const filters = typeof kfunc === 'string' || kfunc.set.filter === undefined ? [] : [kfunc.set.filter];
  const set = sets.get(key) ?? {
    ...{ name: isTaken ? `${name}_${spelled}` : name, config: undefined },
    ...{ ...targets, filters, kfuncs: [] },
  };
  sets.set(key, set);
  const known = typeof kfunc === 'string' ? { name: kfunc, flags: [] } : kfunc.kfunc;
  const flags = known.flags.filter((flag) => kernel.flags[flag] !== undefined);
  set.kfuncs.push({ name: known.name, flags, check: true, config: undefined });
}

/** The registrations of a set for some hooks as declarations spell them: a hook stands for its first program type. */
export function targetsOf({ registrations }: SetModel, hooks: readonly string[], kernel: Kernel): Targets {
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
