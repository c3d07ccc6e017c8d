import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type YAMLError,
} from 'yaml';
import type { Part, Range } from '../diagnostics/source-file.ts';
import type { Path } from '../diagnostics/source-file.ts';

/** How many nodes aliases may stand for, all together: enough for any declaration, little enough for any machine. */
const MAX_ALIASES = 100;

/** Problems that are told of one file: in a file that is no YAML, each line brings more. */
const MAX_PROBLEMS = 5;

/** What is wrong with a text as YAML. */
export interface YamlProblem {
  readonly kind: 'syntax' | 'duplicate-key' | 'several-documents' | 'alias' | 'depth' | 'tag';
  readonly message: string;
  readonly range: Range;
}

/** A YAML (or JSON) text as plain data; without data where it has problems. */
export interface YamlDocument {
  readonly data: unknown;
  readonly problems: readonly YamlProblem[];
  readonly locate: (path: Path, part: Part) => Range;
}

/** Reads one YAML document; every problem is returned, none thrown. */
export function readYaml(text: string): YamlDocument {
  const whole = { start: 0, end: Math.min(text.length, 1) };
  let documents: readonly Document.Parsed[];
  try {
    const parsed = parseAllDocuments(text, { prettyErrors: false, lineCounter: new LineCounter() });
    documents = 'empty' in parsed ? [] : parsed;
  } catch (error) {
    if (error instanceof RangeError) {
      return failed({ kind: 'depth', message: 'values are nested too deeply', range: whole });
    }
    throw error;
  }
  const [document, second] = documents;
  if (document === undefined) {
    return { data: null, problems: [], locate: () => whole };
  }
  const problems = documents
    .flatMap((each) => [...each.errors, ...each.warnings])
    .map(problemOf)
    .filter(isFirstOfItsKind)
    .slice(0, MAX_PROBLEMS);
  if (second !== undefined) {
    const start = second.range[0];
    problems.push({ kind: 'several-documents', message: '', range: { start, end: start + 1 } });
  }
  const locate = (path: Path, part: Part): Range => rangeOf(document, path, part, text);
  const cyclic = cyclicAlias(document.contents, []);
  if (cyclic !== undefined) {
    problems.push({ kind: 'alias', message: 'it stands within what it is an alias of', range: cyclic });
  }
  if (problems.length > 0) {
    return { data: undefined, problems, locate };
  }
  try {
    return { data: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown, problems, locate };
  } catch (error) {
    if (error instanceof ReferenceError) {
      return failed({ kind: 'alias', message: error.message, range: firstAlias(document) ?? whole });
    }
    if (error instanceof RangeError) {
      return failed({ kind: 'depth', message: 'values are nested too deeply', range: whole });
    }
    throw error;
  }
}

function failed(problem: YamlProblem): YamlDocument {
  return { data: undefined, problems: [problem], locate: () => problem.range };
}

/** The reader may meet one problem several times at one place. */
function isFirstOfItsKind(problem: YamlProblem, index: number, all: readonly YamlProblem[]): boolean {
  const first = all.findIndex(({ kind, message, range }) =>
    kind === 'depth' ? problem.kind === 'depth' : message === problem.message && range.start === problem.range.start,
  );
  return first === index;
}

function problemOf(error: YAMLError): YamlProblem {
  const [start, end] = error.pos;
  return { kind: kindOf(error), message: error.message, range: { start, end: Math.max(end, start + 1) } };
}

function kindOf({ code, message }: YAMLError): YamlProblem['kind'] {
  if (/call stack/.test(message)) {
    return 'depth';
  }
  return code === 'DUPLICATE_KEY' ? 'duplicate-key' : code === 'TAG_RESOLVE_FAILED' ? 'tag' : 'syntax';
}

/** The first alias that stands within its own anchor: as data it would have no end. */
function cyclicAlias(node: unknown, open: readonly string[]): Range | undefined {
  if (isAlias(node)) {
    return open.includes(node.source) ? nodeRange(node) : undefined;
  }
  if (!isCollection(node)) {
    return undefined;
  }
  const inner = node.anchor === undefined ? open : [...open, node.anchor];
  for (const item of node.items) {
    const found = cyclicAlias(isNode(item) ? item : pairValue(item), inner);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function firstAlias(document: Document.Parsed): Range | undefined {
  let found: Range | undefined;
  const search = (node: unknown): boolean => {
    if (isAlias(node)) {
      found = nodeRange(node);
      return true;
    }
    return isCollection(node) && node.items.some((item) => (isNode(item) ? search(item) : search(pairValue(item))));
  };
  search(document.contents);
  return found;
}

function pairValue(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'value' in item ? item.value : undefined;
}

/** Walks as far as the path leads; what lies beyond is located at the last node reached. */
function rangeOf(document: Document.Parsed, path: Path, part: Part, text: string): Range {
  let node: unknown = document.contents;
  let range = firstKeyRange(node) ?? { start: 0, end: Math.min(text.length, 1) };
  for (const [depth, step] of path.entries()) {
    const target = isAlias(node) ? node.resolve(document) : node;
    const isLast = depth === path.length - 1;
    if (isMap(target)) {
      const pair = target.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) {
        return range;
      }
      const keyRange = nodeRange(pair.key) ?? range;
      if (isLast && part === 'key') {
        return keyRange;
      }
      range = nodeRange(pair.value) ?? keyRange;
      node = pair.value;
    } else if (isSeq(target) && typeof step === 'number') {
      const item = target.items[step];
      range = nodeRange(item) ?? range;
      node = item;
    } else {
      return range;
    }
  }
  return shortened(node, range);
}

/** A finding about a whole mapping or sequence points at where it begins: at its first key. */
function shortened(node: unknown, range: Range): Range {
  return (
    (isMap(node) && firstKeyRange(node)) || (isCollection(node) ? { start: range.start, end: range.start + 1 } : range)
  );
}

function firstKeyRange(node: unknown): Range | undefined {
  return isMap(node) ? nodeRange(node.items[0]?.key) : undefined;
}

function nodeRange(node: unknown): Range | undefined {
  if (!isNode(node) || !node.range) {
    return undefined;
  }
  const [start, end] = node.range;
  return { start, end: Math.max(end, start + 1) };
}
