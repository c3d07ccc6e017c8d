import type { CToken } from './token.ts';

/** A macro definition. */
export interface Macro {
  readonly name: string;
  /** Names of the parameters; undefined for an object-like macro. */
  readonly params: readonly string[] | undefined;
  readonly body: readonly CToken[];
}

/** A token that may no longer become certain macros: those it came out of (C11, 6.10.3.4). */
export interface Expandable extends CToken {
  readonly hidden?: ReadonlySet<string>;
}

/** The tokens behind `#define` as a macro; undefined where there is no name. */
export function macroOf(tokens: readonly CToken[]): Macro | undefined {
  const [name, open, ...rest] = tokens;
  if (name?.kind !== 'identifier') {
    return undefined;
  }
  if (open?.text !== '(' || open.gap) {
    return { name: name.text, params: undefined, body: tokens.slice(1) };
  }
  const close = rest.findIndex(({ text }) => text === ')');
  const params = rest.slice(0, close).filter(({ text }) => text !== ',');
  return { name: name.text, params: params.map(({ text }) => text), body: rest.slice(close + 1) };
}

/** Whether two definitions say the same, so that defining the macro again changes nothing. */
export function isSameMacro(a: Macro, b: Macro): boolean {
  const spelled = ({ params, body }: Macro): string => JSON.stringify([params, body.map(({ text }) => text)]);
  return spelled(a) === spelled(b);
}

/**
 * The body of a macro with its arguments put in, as it stands in place of the use.
 *
 * @param use the macro's name where it is used; its line becomes that of every token
 * @param args for a function-like macro
 * @param expand expands an argument by itself, as C wants it before it is put in
 */
export function substitute(
  macro: Macro,
  use: Expandable,
  args: readonly (readonly Expandable[])[],
  expand: (tokens: readonly Expandable[]) => readonly Expandable[],
): readonly Expandable[] {
  const hidden = new Set([...(use.hidden ?? []), macro.name]);
  const argOf = (token: CToken | undefined): readonly Expandable[] | undefined => {
    const at =
      token === undefined ? -1 : (macro.params ?? []).indexOf(token.text === '__VA_ARGS__' ? '...' : token.text);
    return at === -1 ? undefined : (args[at] ?? []);
  };
  const result: Expandable[] = [];
  const { body } = macro;
  for (let at = 0; at < body.length; at++) {
    const token = body[at];
    if (token === undefined) {
      break;
    }
    if (token.text === '##') {
      const right = body[++at];
      const [first, ...rest] = argOf(right) ?? (right === undefined ? [] : [right]);
      const left = result.pop();
      if (left !== undefined && first !== undefined) {
        result.push({ ...left, text: left.text + first.text });
      } else {
        result.push(...[left, first].filter((each) => each !== undefined));
      }
      result.push(...rest);
      continue;
    }
    const arg = argOf(token);
    const isPasted = body[at + 1]?.text === '##';
    result.push(...(arg === undefined ? [token] : isPasted ? arg : expand(arg)));
  }
  return result.map((token, at) => ({
    ...token,
    line: use.line,
    gap: at === 0 ? use.gap : token.gap,
    hidden: new Set([...hidden, ...(token.hidden ?? [])]),
  }));
}
