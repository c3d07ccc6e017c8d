import type { ListReference, ProgramHelpers } from '../../../../generated/types/helper.ts';
import { holds, type HelperCaller } from './condition.ts';
import type { HelperAnswer, HelperTable, KnownPrototype } from './helper-table.ts';

/**
 * Which prototype a program gets that calls a helper (kernel/bpf/verifier.c, check_helper_call()).
 *
 * @param caller the program: answers are kept for the object, which must not change
 */
export function findHelper(table: HelperTable, id: number, caller: HelperCaller): HelperAnswer {
  if (!(id >= 0 && id < table.helpers.length)) return 'unknown-id';
  let answers = table.answers.get(caller);
  if (answers === undefined) {
    answers = [];
    table.answers.set(caller, answers);
  }
  return (answers[id] ??= ask(table, id, caller));
}

function ask(table: HelperTable, id: number, caller: HelperCaller): HelperAnswer {
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
  lists: readonly ListReference[],
  helper: string,
  caller: HelperCaller,
): KnownPrototype | undefined {
  for (const { list, when } of lists) {
    if (when === undefined || holds(when, caller, table.names)) {
      const found = askList(table, list, helper, caller);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
