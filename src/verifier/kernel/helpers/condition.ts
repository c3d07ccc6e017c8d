import type { Condition } from '../../../../generated/types/helper.ts';
import type { AttachTarget } from '../../../program/program.ts';

/** What is asked of a program to tell which helpers it may call. A Program serves as it is. */
export interface HelperCaller {
  /** Without BPF_PROG_TYPE_, in lower case. */
  readonly progType: string;
  /** The number of enum bpf_attach_type; 0 where the type has none. */
  readonly expectedAttachType: number;
  /** BPF_F_SLEEPABLE. */
  readonly sleepable: boolean;
  /** The function it attaches to, as BTF names it (`bpf_lsm_file_open`, `bpf_iter_tcp`), or the member it implements. */
  readonly attach?: AttachTarget | undefined;
}

/** The names that conditions use, as one kernel has them. */
export interface ConditionNames {
  /** enum bpf_attach_type. */
  readonly attachTypes: readonly string[];
  readonly functionSets: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Whether all that a condition says holds of a program. */
export function holds(condition: Condition, caller: HelperCaller, names: ConditionNames): boolean {
  const attachType = names.attachTypes[caller.expectedAttachType] ?? '';
  const target = caller.attach;
  const attachedTo = target?.kind === 'function' ? target.name : undefined;
  const member = target?.kind === 'member' ? target.member : '';
  return (
    isAmong(condition.prog_types, caller.progType) &&
    isNoneOf(condition.not_prog_types, caller.progType) &&
    isAmong(condition.attach_types, attachType) &&
    isNoneOf(condition.not_attach_types, attachType) &&
    (condition.sleepable === undefined || caller.sleepable) &&
    (condition.functions === undefined || isInSet(names, condition.functions, attachedTo)) &&
    (condition.not_function_prefix === undefined || attachedTo?.startsWith(condition.not_function_prefix) !== true) &&
    isNoneOf(condition.not_members, member)
  );
}

function isAmong(names: readonly string[] | undefined, name: string): boolean {
  return names === undefined || names.includes(name);
}

function isNoneOf(names: readonly string[] | undefined, name: string): boolean {
  return names === undefined || !names.includes(name);
}

function isInSet({ functionSets }: ConditionNames, set: string, name: string | undefined): boolean {
  return name !== undefined && functionSets.get(set)?.has(name) === true;
}
