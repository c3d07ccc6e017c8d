import type { ProbeFinding, ProbeFindingKind } from '../../generated/types/probe-report.ts';
import type { ProbeResult } from '../../generated/types/probe-result.ts';
import { configHolds } from '../c/config-holds.ts';
import { printConfigExpression } from '../c/config-expression.ts';
import { allConditions, type KfuncEntry } from '../declarations/entries.ts';

/** Why a kernel has not what the registry has. */
export type Reason = Pick<ProbeFinding, 'kind' | 'message'>;

/** The condition of entries, where it may be why they are not there; undefined where one of them is there for sure. */
export function conditionReason(entries: readonly KfuncEntry[], { settings }: ProbeResult): Reason | undefined {
  const { config } = settings;
  const valueOf = (option: string): string | undefined =>
    config !== null && Object.hasOwn(config, option) ? config[option] : undefined;
  const conditions = entries.map(({ source, set, kfunc }) => allConditions(source.config, set.config, kfunc.config));
  const holding = conditions.map((each) => (each === undefined ? true : configHolds(each, valueOf)));
  if (holding.includes(true)) {
    return undefined;
  }
  const text = [...new Set(conditions.flatMap((each) => (each === undefined ? [] : printConfigExpression(each))))];
  const spelled = text.join(' || ');
  return holding.includes(undefined)
    ? reason('config', `the result does not tell whether ${spelled} holds`)
    : reason('config', `${spelled} does not hold`);
}

/** The filters of the sets that have a kfunc, where they may be why a program is refused. */
export function filterReason(entries: readonly KfuncEntry[]): Reason | undefined {
  const filters = new Set(entries.map(({ set }) => set.filter));
  return filters.size === 0 || filters.has(undefined)
    ? undefined
    : reason('filter', `the filter ${[...filters].join(', ')}() refuses the programs that asked`);
}

/** Why the BTF does not have a kfunc at all; undefined where nothing tells. */
export function absenceReason(
  entries: readonly KfuncEntry[],
  result: ProbeResult,
  probed: ReadonlySet<string>,
): Reason | undefined {
  const [first] = entries;
  if (first === undefined) {
    return undefined;
  }
  const { owner, source, sets } = first.source;
  // A set may have functions of other files.
  const fileOf = ({ prototype }: KfuncEntry['kfunc']): string => prototype?.file ?? source;
  const file = fileOf(first.kfunc);
  const condition = conditionReason(entries, result);
  if (condition !== undefined) {
    return condition;
  }
  if (owner !== 'vmlinux' && !result.owners.includes(owner)) {
    return reason('module', `the module ${owner} is not loaded`);
  }
  // Which options build a source file stands in Makefiles: the registry has only what the file itself asks for.
  return sets.some((set) => set.kfuncs.some((kfunc) => fileOf(kfunc) === file && probed.has(kfunc.name)))
    ? undefined
    : reason('source', `this kernel has nothing of ${file}`);
}

function reason(kind: ProbeFindingKind, message: string): Reason {
  return { kind, message };
}
