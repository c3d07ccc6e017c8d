import type { ProbeFinding } from '../../generated/types/probe-report.ts';
import type { ProbeResult } from '../../generated/types/probe-result.ts';
import { configHolds } from '../c/config-holds.ts';
import { printConfigExpression } from '../c/config-expression.ts';
import { allConditions, type KfuncEntry } from '../declarations/entries.ts';

/** Why a kernel has not what the registry has. */
export type Reason = Pick<ProbeFinding, 'kind' | 'message'>;

/** What is known of a result beside its answers. */
export interface Probed {
  /** Of all functions that it has. */
  readonly names: ReadonlySet<string>;
  /** Whether the kernel is of the version that it is compared with. */
  readonly isOfSeries: boolean;
  /** Whether it was asked about all names that the registry has. */
  readonly isOfRegistry: boolean;
}

/**
 * The condition of entries, where it may be why they are not there; undefined where one of them is there for sure.
 *
 * @returns the reason, and whether the condition is known not to hold
 */
export function conditionReason(
  entries: readonly KfuncEntry[],
  { settings }: ProbeResult,
): { readonly reason: Reason; readonly isSure: boolean } | undefined {
  const { config } = settings;
  const valueOf = (option: string): string | undefined =>
    config !== null && Object.hasOwn(config, option) ? config[option] : undefined;
  const conditions = entries.map(({ source, set, kfunc }) => allConditions(source.config, set.config, kfunc.config));
  const holding = conditions.map((each) => (each === undefined ? true : configHolds(each, valueOf)));
  if (holding.includes(true)) {
    return undefined;
  }
  const text = conditions.flatMap((each) => (each === undefined ? [] : printConfigExpression(each)));
  const spelled = [...new Set(text)].join(' || ');
  const isSure = !holding.includes(undefined);
  const message = isSure ? `${spelled} does not hold` : `the result does not tell whether ${spelled} holds`;
  return { reason: { kind: 'config', message }, isSure };
}

/** The filters of the sets that have a kfunc, where they may be why a program is refused. */
export function filterReason(entries: readonly KfuncEntry[]): Reason | undefined {
  const filters = new Set(entries.map(({ set }) => set.filter));
  return filters.size === 0 || filters.has(undefined)
    ? undefined
    : { kind: 'filter', message: `the filter ${[...filters].join(', ')}() refuses the programs that asked` };
}

/** Why the BTF does not have a kfunc at all; undefined where nothing tells. */
export function absenceReason(entries: readonly KfuncEntry[], result: ProbeResult, probed: Probed): Reason | undefined {
  const [first] = entries;
  if (first === undefined) {
    return undefined;
  }
  const { owner, source, sets } = first.source;
  // A set may have functions of other files.
  const fileOf = ({ prototype }: KfuncEntry['kfunc']): string => prototype?.file ?? source;
  const file = fileOf(first.kfunc);
  const condition = conditionReason(entries, result);
  if (condition?.isSure === true) {
    return condition.reason;
  }
  if (owner !== 'vmlinux' && !result.owners.includes(owner)) {
    return { kind: 'module', message: `the module ${owner} is not loaded` };
  }
  if (condition !== undefined) {
    return condition.reason;
  }
  if (!probed.isOfSeries) {
    return undefined;
  }
  // Which options build a source file stands in Makefiles: the registry has only what the file itself asks for.
  return sets.some((set) => set.kfuncs.some((kfunc) => fileOf(kfunc) === file && probed.names.has(kfunc.name)))
    ? undefined
    : { kind: 'source', message: `this kernel has nothing of ${file}` };
}
