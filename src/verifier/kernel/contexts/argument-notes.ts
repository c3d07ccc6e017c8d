import type { AttachType, Iterator, ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import { targetOf } from '../../../btf/btf.ts';
import { findIdByName } from '../../../btf/find.ts';
import { typeAt } from '../../../btf/read-type.ts';
import { isIn } from '../version.ts';
import type { Kernel } from '../kernel.ts';
import type { AttachedTo } from './attach-target.ts';
import type { ContextLoadFlag } from './context-load.ts';
import { isListed } from './function-lists.ts';
import { holds } from './ranges.ts';

/** What is known of an argument besides its type in BTF. */
export interface ArgumentNote {
  readonly flags: readonly ContextLoadFlag[];
  readonly maybeNull: boolean;
  /** It may be an error: a number to the program. */
  readonly isError: boolean;
  /** A struct of vmlinux that it points to, whatever its type says. */
  readonly struct: string | undefined;
  readonly buffer: 'rdonly' | 'rdwr' | undefined;
  /** Structs that count as others, by name. */
  readonly promote: Readonly<Record<string, string>>;
}

/** Notes by the position of an argument, from 0, and its offset in the context. */
export interface ArgumentNotes {
  readonly of: (index: number, offset: number) => ArgumentNote;
}

/** prog_args_trusted(), kernel/bpf/btf.c. */
const TRUSTED = { since: 'v6.2' };
/** Parameters of a stub function that may be null (find_stub_func_proto(), kernel/bpf/bpf_struct_ops.c). */
const NULLABLE_MEMBERS = { since: 'v6.9' };
/** Parameters of functions and tracepoints that say so in their name. */
const NULLABLE_PARAMETERS = { since: 'v6.12' };
/** Arguments of tracepoints of modules may be null. */
const NULLABLE_IN_MODULES = { since: 'v6.12' };
const NULLABLE = '__nullable';

/** Notes on the arguments that a program gets of its target. */
export function argumentNotes(
  kernel: Kernel,
  target: AttachedTo,
  attachType: AttachType | undefined,
  rules: ProgTypeRules,
): ArgumentNotes {
  const isTrusted = isIn(TRUSTED, kernel.version) && areTrusted(kernel, target, attachType, rules);
  const flags: readonly ContextLoadFlag[] = isTrusted ? ['trusted'] : [];
  const nullable = nullableArguments(kernel, target, rules);
  const isError = new Set(tracepointsOf(kernel, target, rules).flatMap(({ errors }) => errors ?? []));
  const iterated = iteratedBy(kernel, rules, target)?.arguments ?? [];
  const promote = promotions(kernel, target, rules);
  return {
    of: (index, offset) => {
      const given = iterated.find((each) => each.offset === offset && holds(each, kernel.version, undefined));
      return {
        flags: given === undefined ? flags : (given.flags ?? []),
        maybeNull: given === undefined ? nullable(index) : (given.or_null ?? true),
        isError: isError.has(index),
        struct: given?.struct,
        buffer: given?.buffer,
        promote,
      };
    },
  };
}

/** What an iterator's function stands for; undefined if there is no such iterator. */
export function iteratedBy(kernel: Kernel, rules: ProgTypeRules, { name }: AttachedTo): Iterator | undefined {
  return rules.iterators?.find((each) => name === `bpf_iter_${each.target}` && holds(each, kernel.version, undefined));
}

function areTrusted(
  kernel: Kernel,
  target: AttachedTo,
  attachType: AttachType | undefined,
  rules: ProgTypeRules,
): boolean {
  if (target.kind !== 'function') return true;
  if (rules.prog_type === 'lsm') return !isListed(rules, kernel, 'untrusted', target.name);
  return attachType === 'trace_iter';
}

function nullableArguments(kernel: Kernel, target: AttachedTo, rules: ProgTypeRules): (index: number) => boolean {
  const names = parameterNames(kernel, target);
  const listed = tracepointsOf(kernel, target, rules);
  const isNull = new Set(listed.flatMap((each) => each.nullable ?? []));
  const isUnknown =
    target.kind === 'tracepoint' &&
    target.home !== kernel.vmlinux &&
    listed.length === 0 &&
    isIn(NULLABLE_IN_MODULES, kernel.version);
  return (index) => isUnknown || isNull.has(index) || (names[index]?.endsWith(NULLABLE) ?? false);
}

/** The names of the parameters, where the kernel looks at them. */
function parameterNames(kernel: Kernel, target: AttachedTo): readonly string[] {
  const { btf } = target.home;
  const namesOf = (func: string): readonly string[] => {
    const id = findIdByName(btf, func, 'func');
    const type = id === undefined ? undefined : typeAt(btf, targetOf(btf, id));
    return type?.kind === 'func_proto' ? type.parameters.map(({ name }) => name) : [];
  };
  if (target.kind === 'member') {
    return isIn(NULLABLE_MEMBERS, kernel.version) ? namesOf(`${target.struct}__${target.name}`) : [];
  }
  if (!isIn(NULLABLE_PARAMETERS, kernel.version)) return [];
  // The typedef of a tracepoint has no names; those of its class stand in a function with the name of the class.
  return target.kind === 'tracepoint'
    ? namesOf(`__bpf_trace_${target.name}`).slice(1)
    : target.prototype.parameters.map(({ name }) => name);
}

function tracepointsOf(
  kernel: Kernel,
  target: AttachedTo,
  rules: ProgTypeRules,
): NonNullable<ProgTypeRules['tracepoints']> {
  if (target.kind !== 'tracepoint') return [];
  const { name } = target;
  return rules.tracepoints?.filter((each) => each.names.includes(name) && holds(each, kernel.version, undefined)) ?? [];
}

function promotions(kernel: Kernel, target: AttachedTo, rules: ProgTypeRules): Readonly<Record<string, string>> {
  if (target.kind !== 'member') return {};
  return (
    rules.operations?.find((each) => each.struct === target.struct && holds(each, kernel.version, undefined))
      ?.promote ?? {}
  );
}
