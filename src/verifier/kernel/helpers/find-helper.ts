import type { ListReference, ProgramHelpers } from '../../../../generated/types/helper.ts';
import { holds, type HelperCaller } from './condition.ts';
import type { HelperPrototype } from './helper-prototype.ts';
import type { HelperTable, KnownList, KnownPrototype } from './helper-table.ts';

/**
 * The answer of a kernel to the question which helper a number is.
 *
 * - `unknown-id`: the kernel has no such helper (check_helper_call(), "invalid func")
 * - `not-allowed`: not for such a program (get_func_proto() of its type, or `allowed` of the prototype)
 * - `unsupported`: what such a program may call is not modelled
 */
export type HelperAnswer = HelperPrototype | 'unknown-id' | 'not-allowed' | 'unsupported';

/** Which prototype a program gets that calls a helper (kernel/bpf/verifier.c, check_helper_call()). */
export function findHelper(table: HelperTable, id: number, caller: HelperCaller): HelperAnswer {
  const helper = table.helpers[id];
  // Number 0 is BPF_FUNC_unspec: a number like others, and in no list.
  if (helper === undefined && id !== 0) return 'unknown-id';
  const program = findProgram(table, caller);
  if (program === undefined) return 'unsupported';
  if (program.list === undefined || helper === undefined) return 'not-allowed';
  const found = askList(table, program.list, helper.name, caller);
  if (found === undefined || !isAllowed(table, found, caller)) return 'not-allowed';
  return found.prototype;
}

function findProgram({ programs }: HelperTable, { progType, attach }: HelperCaller): ProgramHelpers | undefined {
  const struct = attach?.kind === 'member' ? attach.struct : undefined;
  return programs.find((program) => program.type === progType && program.struct === struct);
}

function isAllowed({ names }: HelperTable, { allowed }: KnownPrototype, caller: HelperCaller): boolean {
  return allowed === undefined || allowed.some((condition) => holds(condition, caller, names));
}

function askList(table: HelperTable, name: string, helper: string, caller: HelperCaller): KnownPrototype | undefined {
  const list = table.lists.get(name);
  if (list === undefined) return undefined;
  const own = list.entries.get(helper)?.find(({ when }) => holds(when, caller, table.names));
  return (
    askLists(table, list.before, helper, caller) ??
    (own === undefined ? askLists(table, list.after, helper, caller) : own.prototype)
  );
}

function askLists(
  table: HelperTable,
  lists: KnownList['before'],
  helper: string,
  caller: HelperCaller,
): KnownPrototype | undefined {
  for (const { list, when } of lists satisfies readonly ListReference[]) {
    if (when === undefined || holds(when, caller, table.names)) {
      const found = askList(table, list, helper, caller);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
