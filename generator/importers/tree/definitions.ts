import { parsePrototype } from '../../c/prototype.ts';
import { attempt, CSyntaxError } from '../../c/syntax-error.ts';
import { closingOf, spell } from '../c/brackets.ts';
import { lex } from '../c/lex.ts';
import { preprocess } from '../c/preprocess.ts';
import type { CToken } from '../c/token.ts';
import type { Report } from './problem.ts';
import type { SourceTree } from './source-tree.ts';
import type { TreeFunction } from './tree-model.ts';

/** Words of a definition that are no part of its prototype: storage classes and attributes of the kernel. */
const ATTRIBUTES = new Set(
  (
    'static extern inline __inline __inline__ __always_inline noinline noinline_for_stack asmlinkage notrace noinstr ' +
    'nokprobe_inline __bpf_kfunc __weak __used __visible __retain __maybe_unused __init __exit __cold __hot __must_check ' +
    '__pure __malloc __kprobes __noclone __flatten __no_kcsan __no_sanitize_address __nocfi __noreturn __latent_entropy'
  ).split(' '),
);
/** Attributes with arguments. */
const CALLED_ATTRIBUTES = new Set(
  '__attribute__ __printf __scanf __acquires __releases __must_hold __aligned __section __alias __no_context_analysis'.split(
    ' ',
  ),
);
/** Words that several of can make up one type. */
const BASIC_TYPE = /^(void|unsigned|signed|char|short|int|long|bool)$/;

/** Finds the definitions of functions in one file. What is found but can't be read as a prototype is reported. */
export function definitionsIn(
  tree: SourceTree,
  path: string,
  names: ReadonlySet<string>,
  report: Report,
): ReadonlyMap<string, TreeFunction> {
  const found = new Map<string, TreeFunction>();
  const { tokens } = preprocess(lex(tree.read(path) ?? ''));
  for (const [at, token] of tokens.entries()) {
    if (!names.has(token.text) || found.has(token.text) || tokens[at + 1]?.text !== '(') {
      continue;
    }
    const close = closingOf(tokens, at + 1) ?? at;
    const start = startOf(tokens, at);
    if (!isBody(tokens, close + 1) || start === at) {
      continue;
    }
    const text = spell(withoutAttributes(tokens.slice(start, close + 1)));
    const prototype = attempt(() => parsePrototype(text));
    if (prototype instanceof CSyntaxError) {
      report(token.line, `the definition of ${token.text} can't be read as a prototype: ${prototype.message}`);
      continue;
    }
    if (!isOneType(prototype.returns.base)) {
      report(token.line, `\`${prototype.returns.base}\` is taken for the type that ${token.text} returns`);
    }
    found.set(token.text, { prototype: prototype.text, file: path, line: token.line });
  }
  return found;
}

/** Whether these words spell one type: with one more, an attribute is among them that is not known here. */
function isOneType(base: string): boolean {
  const words = base.replaceAll(/\b(struct|union|enum) /g, '').split(' ');
  const named = words.filter((word) => !BASIC_TYPE.test(word));
  return named.length === 0 || (named.length === 1 && words.length === 1);
}

/** Whether a function's body begins here, behind attributes such as __releases(). */
function isBody(tokens: readonly CToken[], from: number): boolean {
  let at = from;
  for (let token = tokens[at]; token?.kind === 'identifier'; token = tokens[at]) {
    const isCalled = CALLED_ATTRIBUTES.has(token.text);
    if (!isCalled && !ATTRIBUTES.has(token.text)) {
      return false;
    }
    at = isCalled ? (closingOf(tokens, at + 1) ?? at) + 1 : at + 1;
  }
  return tokens[at]?.text === '{';
}

/** Where the declaration begins whose name stands at a position: behind what ends the one before it. */
function startOf(tokens: readonly CToken[], name: number): number {
  let start = name;
  while (start > 0) {
    const before = tokens[start - 1];
    if (before?.text === ')') {
      const open = openingOf(tokens, start - 1);
      if (open === undefined || !CALLED_ATTRIBUTES.has(tokens[open - 1]?.text ?? '')) {
        break;
      }
      start = open - 1;
    } else if (before?.kind === 'identifier' || before?.text === '*') {
      start--;
    } else {
      break;
    }
  }
  return start;
}

function openingOf(tokens: readonly CToken[], close: number): number | undefined {
  for (let at = close, depth = 0; at >= 0; at--) {
    const text = tokens[at]?.text;
    depth += text === ')' ? 1 : text === '(' ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return undefined;
}

function withoutAttributes(tokens: readonly CToken[]): readonly CToken[] {
  const kept: CToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token !== undefined && CALLED_ATTRIBUTES.has(token.text)) {
      at = closingOf(tokens, at + 1) ?? at;
    } else if (token !== undefined && !ATTRIBUTES.has(token.text)) {
      kept.push({ ...token, gap: true });
    }
  }
  return kept;
}
