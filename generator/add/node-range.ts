import { isAlias, isMap, isNode, isPair, isScalar, isSeq } from 'yaml';

/** A text that is laid out so that nothing can be added without writing it anew. */
export class NotEditable extends Error {
  readonly code = 'not-editable';

  constructor() {
    super('the text is laid out so that nothing can be added in place');
    this.name = 'NotEditable';
  }
}

/**
 * Where a node begins.
 *
 * @throws NotEditable for what is no node of a text
 */
export function startOf(node: unknown): number {
  const start = isNode(node) ? node.range?.[0] : undefined;
  if (start === undefined) {
    throw new NotEditable();
  }
  return start;
}

/**
 * Where the text of a node or pair ends, without the white space and comments that its range may take in.
 *
 * @throws NotEditable for what is no node of a text
 */
export function contentEnd(text: string, node: unknown): number {
  if (isPair(node)) {
    const isEmpty = node.value === null || (isScalar(node.value) && node.value.source === '');
    return isEmpty ? contentEnd(text, node.key) + 1 : contentEnd(text, node.value);
  }
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    return contentEnd(text, node.items.at(-1));
  }
  const end = isScalar(node) || isAlias(node) || isMap(node) || isSeq(node) ? node.range?.[1] : undefined;
  if (end === undefined) {
    throw new NotEditable();
  }
  return text.slice(0, end).trimEnd().length;
}
