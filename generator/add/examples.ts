import { isMap, isScalar, isSeq, type Document, type Node, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { isList, type Value } from './value.ts';

/** The values of a document by their key, in order: what a new value of that key is written like. */
export type Examples = ReadonlyMap<string, readonly unknown[]>;

/** How a collection is laid out: in block style, in flow style on a line, or in flow style with an item a line. */
export type Layout = 'block' | 'line' | 'spread';

/** Collects the values of a document. */
export function collectExamples(document: Document.Parsed): Examples {
  const examples = new Map<string, unknown[]>();
  const visit = (node: unknown): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : '';
        examples.set(name, [...(examples.get(name) ?? []), value]);
        visit(value);
      }
    } else if (isSeq(node)) {
      node.items.forEach(visit);
    }
  };
  visit(document.contents);
  return examples;
}

/** The nearest value of a key that is of the same kind: what is beside it comes first, then the last in the document. */
export function exampleFor(examples: Examples, key: string, value: Value, beside: unknown): unknown {
  const near = isMap(beside) ? beside.get(key, true) : undefined;
  return [...(examples.get(key) ?? []), near].findLast((node) => isLike(node, value));
}

/**
 * The nearest item of a list that is of the same kind as a new one, in this list or else in others of its key. Where
 * some of a list are in brackets and some are not, the more common style speaks.
 */
export function itemExample(examples: Examples, key: string, value: Value, list: unknown): unknown {
  const lists = [...(examples.get(key) ?? []), list].filter((each) => isSeq(each));
  const alike = lists
    .map(({ items }) => items.filter((node) => isLike(node, value)))
    .findLast((each) => each.length > 0);
  const inBrackets = (alike ?? []).filter(isFlowNode);
  const others = (alike ?? []).filter((node) => !isFlowNode(node));
  return (inBrackets.length > others.length ? inBrackets : others).at(-1);
}

/** Whether a node is a list or mapping in brackets. */
export function isFlowNode(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true;
}

/** The layout of a collection; undefined where it shows none. */
export function layoutOf(node: unknown, text: string): Layout | undefined {
  if (!isMap(node) && !isSeq(node)) {
    return undefined;
  }
  if (node.flow !== true) {
    return 'block';
  }
  const first = startOfFirst(node);
  return first === undefined ? undefined : text.slice(node.range?.[0], first).includes('\n') ? 'spread' : 'line';
}

/** Whether a flow collection has a space within its brackets; undefined where it shows nothing of the kind. */
export function isPadded(node: unknown, text: string): boolean | undefined {
  const isFlow = (isMap(node) || isSeq(node)) && node.flow === true && node.items.length > 0;
  return isFlow ? text[(node.range?.[0] ?? 0) + 1] === ' ' : undefined;
}

/** The quotes of a scalar; empty where it has none. */
export function quoteOf(node: unknown): string | undefined {
  const quotes: Partial<Record<Scalar.Type, string>> = { QUOTE_DOUBLE: '"', QUOTE_SINGLE: "'", PLAIN: '' };
  return isScalar(node) && node.type !== undefined ? quotes[node.type] : undefined;
}

/** The quotes of the keys of a mapping. */
export function keyQuoteOf(node: unknown): string | undefined {
  return isMap(node) ? quoteOf(node.items[0]?.key) : undefined;
}

function startOfFirst({ items: [first] }: YAMLMap | YAMLSeq): number | undefined {
  const node = (isPair(first) ? first.key : first) as Node | undefined;
  return node?.range?.[0];
}

function isPair(item: unknown): item is { readonly key: unknown } {
  return typeof item === 'object' && item !== null && 'key' in item;
}

function isLike(node: unknown, value: Value): boolean {
  return typeof value === 'string' ? isScalar(node) : isList(value) ? isSeq(node) : isMap(node);
}
