import { negate, testDefined, testOf, type Condition, type Test } from './condition.ts';
import { isSameMacro, macroOf, substitute, type Expandable, type Macro } from './macros.ts';
import type { CToken, Directive } from './token.ts';

/** A token that is left after preprocessing, with the conditions it stands under, the outermost first. */
export interface CodeToken extends CToken {
  readonly conditions: readonly Condition[];
}

/** A file that is included. */
export interface Include {
  /** As spelled: `linux/btf.h`. */
  readonly path: string;
  readonly isSystem: boolean;
  readonly conditions: readonly Condition[];
}

/** What preprocessing leaves of a file. */
export interface Preprocessed {
  readonly tokens: readonly CodeToken[];
  readonly includes: readonly Include[];
  /** The macros that are defined at the end. */
  readonly macros: ReadonlyMap<string, Macro>;
}

/** One #if with its branches. */
interface Frame {
  /** The conditions around the #if; undefined where it is in code that is never compiled. */
  readonly outer: readonly Condition[] | undefined;
  /** The tests of the branches so far. */
  readonly tests: Test[];
}

/**
 * Takes a file through the part of the preprocessor that reading kfunc sets takes: macros that the file defines itself
 * are expanded, included files are not read, and code under a condition over the configuration is kept, whichever way
 * the condition goes. What stands under `#if 0` is left out.
 *
 * @param known macros that are defined before the file begins
 */
export function preprocess(
  items: readonly (CToken | Directive)[],
  known: ReadonlyMap<string, Macro> = new Map(),
): Preprocessed {
  return new Preprocessor(items, known).run();
}

class Preprocessor {
  readonly #items: readonly (CToken | Directive)[];
  /** Undefined for a macro that is not expanded: a variadic one, and one that two branches of an #if define otherwise. */
  readonly #macros: Map<string, Macro | undefined>;
  readonly #tokens: CodeToken[] = [];
  readonly #includes: Include[] = [];
  readonly #frames: Frame[] = [];
  /** The conditions here; undefined in code that is never compiled. */
  #conditions: readonly Condition[] | undefined = [];
  #at = 0;

  constructor(items: readonly (CToken | Directive)[], known: ReadonlyMap<string, Macro>) {
    this.#items = items;
    this.#macros = new Map(known);
  }

  run(): Preprocessed {
    for (let item = this.#items[this.#at]; item !== undefined; item = this.#items[this.#at]) {
      this.#at++;
      const conditions = this.#conditions;
      if (item.kind === 'directive') {
        this.#directive(item);
      } else if (conditions !== undefined) {
        const expanded = this.#macros.has(item.text) ? this.#expandHere(item) : [item];
        for (const { kind, text, line, gap } of expanded) {
          this.#tokens.push({ kind, text, line, gap, conditions });
        }
      }
    }
    const macros = [...this.#macros].filter((entry): entry is [string, Macro] => entry[1] !== undefined);
    return { tokens: this.#tokens, includes: this.#includes, macros: new Map(macros) };
  }

  #directive({ name, tokens, line }: Directive): void {
    const isMacro = (macro: string): boolean => this.#macros.has(macro);
    const first = tokens[0]?.text ?? '';
    if (name === 'if') {
      this.#open(() => testOf(tokens, isMacro, line));
    } else if (name === 'ifdef') {
      this.#open(() => testDefined(first, isMacro, line));
    } else if (name === 'ifndef') {
      this.#open(() => this.#isDefault(first) || negate(testDefined(first, isMacro, line)));
    } else if (name === 'elif') {
      this.#branch(testOf(tokens, isMacro, line));
    } else if (name === 'else') {
      this.#branch(true);
    } else if (name === 'endif') {
      const frame = this.#frames.pop();
      this.#conditions = frame === undefined ? this.#conditions : frame.outer;
    } else if (this.#conditions !== undefined) {
      this.#plain(name, tokens, this.#conditions);
    }
  }

  /** A directive that is no condition, in code that may be compiled. */
  #plain(name: string, tokens: readonly CToken[], conditions: readonly Condition[]): void {
    if (name === 'define') {
      this.#define(macroOf(tokens));
    } else if (name === 'undef') {
      this.#macros.delete(tokens[0]?.text ?? '');
    } else if (name === 'include') {
      this.#include(tokens, conditions);
    }
  }

  #open(test: () => Test): void {
    const outer = this.#conditions;
    this.#frames.push({ outer, tests: [] });
    this.#branch(outer === undefined ? false : test());
  }

  /** Enters a branch: its own test holds, those before it do not. */
  #branch(test: Test): void {
    const frame = this.#frames.at(-1);
    if (frame?.outer === undefined) {
      return;
    }
    const tests = [...frame.tests.map(negate), test];
    frame.tests.push(test);
    this.#conditions = tests.includes(false)
      ? undefined
      : [...frame.outer, ...tests.flatMap((each) => (typeof each === 'boolean' ? [] : [each]))];
  }

  /** Whether an #ifndef guards a header, or gives a macro its default: the next line defines the very macro. */
  #isDefault(name: string): boolean {
    const next = this.#items[this.#at];
    return (
      next?.kind === 'directive' && next.name === 'define' && next.tokens[0]?.text === name && !this.#macros.has(name)
    );
  }

  #define(macro: Macro | undefined): void {
    if (macro === undefined) {
      return;
    }
    const known = this.#macros.get(macro.name);
    const isOther = this.#macros.has(macro.name) && (known === undefined || !isSameMacro(known, macro));
    const isVariadic = macro.params?.includes('...') === true;
    this.#macros.set(macro.name, isOther || isVariadic ? undefined : macro);
  }

  #include(tokens: readonly CToken[], conditions: readonly Condition[]): void {
    const [first] = tokens;
    if (first?.kind === 'string') {
      this.#includes.push({ path: first.text.slice(1, -1), isSystem: false, conditions });
    } else if (first?.text === '<') {
      const path = tokens.slice(
        1,
        tokens.findIndex(({ text }) => text === '>'),
      );
      this.#includes.push({ path: path.map(({ text }) => text).join(''), isSystem: true, conditions });
    }
  }

  /** Expands a token of the file; arguments are taken from the tokens that follow it, up to the next directive. */
  #expandHere(token: CToken): readonly Expandable[] {
    const following: CToken[] = [];
    const macro = this.#macros.get(token.text);
    if (macro?.params !== undefined) {
      for (let depth = 0, at = this.#at; ; at++) {
        const next = this.#items[at];
        if (next === undefined || next.kind === 'directive' || (following.length === 0 && next.text !== '(')) {
          return [token];
        }
        following.push(next);
        depth += next.text === '(' ? 1 : next.text === ')' ? -1 : 0;
        if (depth === 0) {
          break;
        }
      }
      this.#at += following.length;
    }
    return this.#expand([token, ...following]);
  }

  #expand(tokens: readonly Expandable[]): readonly Expandable[] {
    const pending = tokens.toReversed();
    const done: Expandable[] = [];
    for (let token = pending.pop(); token !== undefined; token = pending.pop()) {
      const macro = token.hidden?.has(token.text) === true ? undefined : this.#macros.get(token.text);
      const args = macro?.params === undefined ? [] : takeArguments(pending);
      if (macro === undefined || token.kind !== 'identifier' || args === undefined) {
        done.push(token);
      } else {
        const replaced = substitute(macro, token, args, (arg) => this.#expand(arg));
        pending.push(...replaced.toReversed());
      }
    }
    return done;
  }
}

/** Takes `(…)` off the top of the stack, split at its commas; undefined, and nothing taken, where there is none. */
function takeArguments(pending: Expandable[]): readonly (readonly Expandable[])[] | undefined {
  if (pending.at(-1)?.text !== '(') {
    return undefined;
  }
  const args: Expandable[][] = [[]];
  for (let depth = 0, at = pending.length - 1; at >= 0; at--) {
    const token = pending[at];
    if (token === undefined) {
      break;
    }
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    if (depth === 0) {
      pending.length = at;
      return args;
    }
    if (token.text === ',' && depth === 1) {
      args.push([]);
    } else if (depth > 1 || token.text !== '(') {
      args.at(-1)?.push(token);
    }
  }
  return undefined;
}
