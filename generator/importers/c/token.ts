/** A token of C, as it stands in the file. */
export interface CToken {
  readonly kind: 'identifier' | 'number' | 'string' | 'char' | 'punctuator';
  /** As spelled, quotes included. */
  readonly text: string;
  /** Line of the file that the token begins on, from 1. A token out of a macro has the line of the macro's use. */
  readonly line: number;
  /** Whether white space stands before it: `#define A (x)` is no function-like macro, `#define A(x)` is one. */
  readonly gap: boolean;
}

/** A preprocessor directive, continued lines joined. */
export interface Directive {
  readonly kind: 'directive';
  /** `define`, `ifdef`, …; empty for a `#` that stands alone. */
  readonly name: string;
  /** What follows the name. */
  readonly tokens: readonly CToken[];
  readonly line: number;
}
