import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Path } from '../diagnostics/source-file.ts';
import { applyEdits, type Edit } from '../importers/merge/apply-edits.ts';
import { pairOf } from '../importers/merge/yaml-editor.ts';
import { collectExamples, isFlowNode, itemExample, keyQuoteOf } from './examples.ts';
import { insertInFlow } from './insert-in-flow.ts';
import { contentEnd, NotEditable, startOf } from './node-range.ts';
import { spell, spellPair, type Spelling } from './spell.ts';
import { columnOf, endWithComments } from './text-lines.ts';
import type { Value } from './value.ts';

/** The keys of a declaration and of a set: a new one comes behind those that stand before it here. */
const KEY_ORDER = [
  'source',
  'owner',
  'description',
  'license',
  'config',
  'since',
  'until',
  'sets',
  'dtors',
  'prototypes',
];

/**
 * Adds an item at the end of a list of a YAML or JSON text, written as its neighbours are; everything else keeps its
 * bytes. A list that is missing is begun.
 *
 * @param path leads to the list; all but the list itself must be there
 * @throws NotEditable where the text is laid out so that this can't be done
 */
export function insertItem(text: string, path: Path, value: Value): string {
  const document = parseDocument(text);
  const spelling = spellingOf(document, text);
  const key = String(path.at(-1));
  const parent = follow(document, path.slice(0, -1));
  if (!isMap(parent)) {
    throw new NotEditable();
  }
  const list = pairOf(parent, key)?.value;
  const edits = isSeq(list)
    ? intoList(spelling, list, key, value)
    : list === undefined
      ? newKey(spelling, parent, key, [value])
      : undefined;
  if (edits === undefined) {
    throw new NotEditable();
  }
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  return applyEdits(
    text,
    edits.map((edit) => ({ ...edit, text: edit.text.replaceAll('\n', ending) })),
  );
}

function intoList(spelling: Spelling, list: YAMLSeq, key: string, value: Value): readonly Edit[] {
  const { text } = spelling;
  const example = itemExample(spelling.examples, key, value, list);
  if (isFlowNode(list)) {
    return insertInFlow(text, list, (column) => spell(spelling, value, { key, example, column, isFlow: true }));
  }
  const last: unknown = list.items.at(-1);
  const column = columnOf(text, dashBefore(text, startOf(last)));
  const item = spell(spelling, value, { key, example, column: column + 2, isFlow: false });
  const at = endWithComments(text, contentEnd(text, last), column);
  return [{ start: at, end: at, text: `\n${' '.repeat(column)}- ${item}` }];
}

function newKey(spelling: Spelling, map: YAMLMap, key: string, value: Value): readonly Edit[] {
  const { text } = spelling;
  if (isFlowNode(map)) {
    return insertInFlow(text, map, (column) => spellPair(spelling, key, value, { example: map, column, isFlow: true }));
  }
  const column = columnOf(text, startOf(map.items[0]?.key));
  const before = KEY_ORDER.slice(0, KEY_ORDER.indexOf(key)).map((each) => pairOf(map, each));
  const anchor = before.findLast((pair) => pair !== undefined) ?? map.items.at(-1);
  const at = endWithComments(text, contentEnd(text, anchor), column);
  const pair = spellPair(spelling, key, value, { example: map, column, isFlow: false });
  return [{ start: at, end: at, text: `\n${' '.repeat(column)}${pair}` }];
}

function spellingOf(document: Document.Parsed, text: string): Spelling {
  const examples = collectExamples(document);
  const root = isSeq(document.contents) ? document.contents.items[0] : document.contents;
  const dashIndent = isMap(root) ? dashIndentOf(root, text) : undefined;
  return { text, examples, quote: keyQuoteOf(root) ?? '', dashIndent: dashIndent ?? 2, step: stepOf(root, text) ?? 2 };
}

/** By how much the first list in block style stands behind its key. */
function dashIndentOf(map: YAMLMap, text: string): number | undefined {
  for (const { key, value } of map.items) {
    if (isSeq(value) && !isFlowNode(value)) {
      return columnOf(text, dashBefore(text, startOf(value.items[0]))) - columnOf(text, startOf(key));
    }
  }
  return undefined;
}

/** By how much the first key in brackets is indented, where it begins a line. */
function stepOf(root: unknown, text: string): number | undefined {
  const first = isFlowNode(root) && isMap(root) ? startOf(root.items[0]?.key) : undefined;
  const indent = first === undefined ? 0 : columnOf(text, first);
  return indent > 1 ? indent : undefined;
}

/** The dash of an item in block style: tags, anchors and comments may stand between it and the item. */
function dashBefore(text: string, start: number): number {
  const dash = /-[ \t]+(?:[&!][^\s]+[ \t]+)*$/.exec(text.slice(0, start));
  if (dash === null) {
    throw new NotEditable();
  }
  return dash.index;
}

function follow(document: Document.Parsed, path: Path): unknown {
  let node: unknown = document.contents;
  for (const step of path) {
    node = isMap(node) ? pairOf(node, String(step))?.value : isSeq(node) ? node.items[Number(step)] : undefined;
    if (!isNode(node) || isAlias(node) || isScalar(node)) {
      throw new NotEditable();
    }
  }
  return node;
}
