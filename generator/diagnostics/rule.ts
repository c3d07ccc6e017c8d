import type { Severity } from '../../generated/types/report.ts';
import type { ERRNO } from '../../src/tables/errno.ts';

/** A text with holes, `{like} this`, and the advice that goes with it. */
export interface MessageText {
  readonly message: string;
  readonly suggestion?: string;
}

/** The texts of a rule by name. */
export type Catalogue = Readonly<Record<string, MessageText>>;

/** The names of the holes of a text. */
type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}` ? Hole | Holes<Rest> : never;

type TextHoles<Text extends MessageText> =
  Holes<Text['message']> | (Text extends { suggestion: infer S extends string } ? Holes<S> : never);

/** What fills the holes of a text: each of them, and nothing else. */
export type Values<Text extends MessageText> = Readonly<Record<TextHoles<Text>, string | number>>;

/** What every rule says of itself; documentation, `kfuncs rules` and the tests are made from it. */
export interface RuleInfo<Messages extends Catalogue = Catalogue> {
  /** `registry/…`; stable. */
  readonly id: string;
  readonly severity: Severity;
  /** One line: what must hold. */
  readonly title: string;
  /** Why, and which kernel function it comes from. Markdown. */
  readonly explanation: string;
  /** What a kernel returns where the rule is broken; missing where no kernel call fails. */
  readonly errno?: keyof typeof ERRNO;
  /** For which kernels it holds, in words. */
  readonly kernels: string;
  readonly messages: Messages;
  /** Declarations that break the rule and that keep it, minimal and whole. */
  readonly examples: { readonly bad: string; readonly good: string };
}

/** Fills the holes of a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    return value === undefined ? hole : String(value);
  });
}
