import { partsIn, spell } from '../c/brackets.ts';
import type { Condition } from '../c/condition.ts';
import type { CodeToken } from '../c/preprocess.ts';
import type { Report } from './problem.ts';

/** A call of register_btf_kfunc_id_set() or register_btf_fmodret_id_set(). */
export interface SetRegistration {
  /** Name of the struct btf_kfunc_id_set. */
  readonly set: string;
  /** The program type in lower case without prefix, or `fmodret`. */
  readonly target: string;
  readonly line: number;
  readonly conditions: readonly Condition[];
}

/** A call of register_btf_id_dtor_kfuncs(). */
export interface DtorRegistration {
  /** Name of the array of struct btf_id_dtor_kfunc. */
  readonly array: string;
  readonly line: number;
  readonly conditions: readonly Condition[];
}

/** The registration calls of a file, in order. */
export interface Registrations {
  readonly sets: readonly SetRegistration[];
  readonly dtors: readonly DtorRegistration[];
}

/** The functions that register (include/linux/btf.h); all names begin with it, so that a file can be searched for it. */
export const REGISTER = 'register_btf_';

/** Words that stand before a call, and not before the name in a declaration. */
const BEFORE_CALL = new Set(['return', 'else', 'do']);

/** The registration calls of a file. One whose arguments are not spelled out in the call is reported. */
export function readRegistrations(tokens: readonly CodeToken[], report: Report): Registrations {
  const sets: SetRegistration[] = [];
  const dtors: DtorRegistration[] = [];
  for (const [at, token] of tokens.entries()) {
    if (!token.text.startsWith(REGISTER) || tokens[at + 1]?.text !== '(' || isDeclared(tokens[at - 1])) {
      continue;
    }
    const [first = '', second = ''] = partsIn(tokens, at + 1).map(spell);
    const { line, conditions } = token;
    const unresolved = (what: string): void => {
      report(line, `${token.text}(): ${what} is not spelled out in the call`);
    };
    if (token.text === 'register_btf_kfunc_id_set') {
      const target = /^BPF_PROG_TYPE_(\w+)$/.exec(first)?.[1];
      const set = variableOf(second);
      if (target === undefined) {
        unresolved(`the program type \`${first}\``);
      } else if (set === undefined) {
        unresolved(`the set \`${second}\``);
      } else {
        sets.push({ set, target: target.toLowerCase(), line, conditions });
      }
    } else if (token.text === 'register_btf_fmodret_id_set') {
      const set = variableOf(first);
      if (set === undefined) {
        unresolved(`the set \`${first}\``);
      } else {
        sets.push({ set, target: 'fmodret', line, conditions });
      }
    } else if (token.text === 'register_btf_id_dtor_kfuncs') {
      if (/^\w+$/.test(first)) {
        dtors.push({ array: first, line, conditions });
      } else {
        unresolved(`the array \`${first}\``);
      }
    }
  }
  return { sets, dtors };
}

/** The name in `&name`. */
function variableOf(argument: string): string | undefined {
  return /^&(\w+)$/.exec(argument)?.[1];
}

function isDeclared(before: CodeToken | undefined): boolean {
  return before?.text === '*' || (before?.kind === 'identifier' && !BEFORE_CALL.has(before.text));
}
