import { ERRNO, type ErrnoName } from '../errno.ts';
import type { VersionRange } from '../kernel/version.ts';
import type { RuleExamples } from './examples/example.ts';

/** The names of the holes of a text, `{like} this`. */
type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}` ? Hole | Holes<Rest> : never;

/** What fills the holes of a rule's texts: each of them, and nothing else. */
export type Values<Message extends string, Suggestion extends string> = Readonly<
  Record<Holes<Message> | Holes<Suggestion>, string | number>
>;

/** The errno that kernels return; where it changed, the ranges, of which the first that fits counts. */
export type ErrnoByKernel = ErrnoName | readonly (VersionRange & { readonly errno: ErrnoName })[];

/** A reason for which the verifier rejects a program, as data. */
export interface VerifierRule<Message extends string = string, Suggestion extends string = string> {
  /** `kfunc/…`, `kptr/…`, `ref/…`, …; stable. */
  readonly id: string;
  /** One line: what must hold. */
  readonly title: string;
  /** Why, and which kernel function it comes from. Markdown. */
  readonly explanation: string;
  readonly errno: ErrnoByKernel;
  /** The kernels for which it holds; missing: all. */
  readonly kernels?: VersionRange;
  readonly message: Message;
  /** What would mend it. */
  readonly suggestion: Suggestion;
  /** A program that breaks it, and the same one mended; real kernels say so. */
  readonly examples?: RuleExamples;
  /** Why there are no examples: no program that a kernel is given breaks it, for instance. */
  readonly noExample?: string;
}

/** A rule whose texts are checked against their holes where it is broken. */
export function defineRule<const Message extends string, const Suggestion extends string>(
  rule: VerifierRule<Message, Suggestion>,
): VerifierRule<Message, Suggestion> {
  return rule;
}

/** The program breaks a rule: the walk ends. No Error, since a stack trace takes longer than most walks. */
export class Rejection {
  readonly rule: VerifierRule;
  readonly message: string;
  readonly suggestion: string;
  /** Registers (0 to 10) whose state explains it. */
  readonly registers: readonly number[];
  /** Negative, where it is not the one that the rule names. */
  readonly errno: number | undefined;
  /** The slot to blame, where it is not the one that is being walked. */
  readonly insn: number | undefined;
  constructor(rule: VerifierRule, values: Readonly<Record<string, string | number>>, details: RejectionDetails) {
    this.rule = rule;
    this.message = fill(rule.message, values);
    this.suggestion = fill(rule.suggestion, values);
    this.registers = details.registers ?? [];
    this.errno = details.errno;
    this.insn = details.insn;
  }
}

export interface RejectionDetails {
  readonly registers?: readonly number[];
  readonly errno?: number;
  readonly insn?: number;
}

/** Something that is not modelled for this kernel; the verdict is that, and never a guess. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
}

/** Ends the walk. @throws Rejection always */
export function reject<Message extends string, Suggestion extends string>(
  rule: VerifierRule<Message, Suggestion>,
  values: Values<Message, Suggestion>,
  details: RejectionDetails = {},
): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- see Rejection
  throw new Rejection(rule, values, details);
}

/** The number of an errno, negated. */
export function negative(errno: ErrnoName): number {
  return -ERRNO[errno];
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
