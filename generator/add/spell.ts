import { parse } from 'yaml';
import {
  exampleFor,
  isPadded,
  itemExample,
  keyQuoteOf,
  layoutOf,
  quoteOf,
  type Examples,
  type Layout,
} from './examples.ts';
import { isList, type Value } from './value.ts';

/** Longer entries are spread over lines. */
const MAX_COLUMNS = 120;

/** Lists that have an item a line where the document shows nothing else; others stand within a line. */
const LONG_LISTS: readonly string[] = ['sets', 'kfuncs', 'dtors', 'prototypes'];

/** What writing into a document knows of it. */
export interface Spelling {
  readonly text: string;
  readonly examples: Examples;
  /** The quotes of its keys, where nothing nearer shows them. */
  readonly quote: string;
  /** Columns by which items of a list stand behind the key of the list. */
  readonly dashIndent: number;
  /** Columns by which what stands in brackets of its own lines is indented. */
  readonly step: number;
}

/** Where a value is to stand. */
export interface Slot {
  /** The key that it is under, or the list that it is in is under. */
  readonly key: string;
  /** What it is written like. */
  readonly example: unknown;
  /** The column of the lines that it goes on in. */
  readonly column: number;
  /** Whether brackets are around it: then nothing in it can be in block style. */
  readonly isFlow: boolean;
}

/** A value as the document would write it; later lines are indented. */
export function spell(spelling: Spelling, value: Value, slot: Slot): string {
  if (typeof value === 'string') {
    return spellText(value, quoteOf(slot.example) ?? spelling.quote, slot.isFlow);
  }
  return isList(value) ? spellList(spelling, value, slot) : spellMap(spelling, value, slot);
}

/** A key with its value. */
export function spellPair(spelling: Spelling, key: string, value: Value, slot: Omit<Slot, 'key'>): string {
  const { example: beside, column, isFlow } = slot;
  const example = exampleFor(spelling.examples, key, value, beside);
  const spelled = spell(spelling, value, { key, example, column, isFlow });
  const name = spellText(key, keyQuoteOf(beside) ?? spelling.quote, isFlow);
  return spelled.startsWith('\n') ? `${name}:${spelled}` : `${name}: ${spelled}`;
}

function spellList(spelling: Spelling, items: readonly Value[], slot: Slot): string {
  const { key, example, column, isFlow } = slot;
  const layout = allowed(layoutOf(example, spelling.text) ?? (LONG_LISTS.includes(key) ? 'block' : 'line'), isFlow);
  const one = (item: Value, at: number, inFlow: boolean): string =>
    spell(spelling, item, {
      key,
      example: itemExample(spelling.examples, key, item, example),
      column: at,
      isFlow: inFlow,
    });
  if (items.length === 0) {
    return '[]';
  }
  if (layout === 'block') {
    const dash = column + spelling.dashIndent;
    return items.map((item) => `\n${' '.repeat(dash)}- ${one(item, dash + 2, false)}`).join('');
  }
  const spelled = items.map((item) => one(item, column + (layout === 'spread' ? spelling.step : 0), true));
  return inBrackets(spelling, '[]', spelled, layout, column, isPadded(example, spelling.text) ?? false);
}

function spellMap(spelling: Spelling, map: Readonly<Record<string, Value>>, slot: Slot): string {
  const { key, example, column, isFlow } = slot;
  const layout = allowed(layoutOf(example, spelling.text) ?? (key === 'sets' ? 'block' : 'line'), isFlow);
  const pairs = (at: number, inFlow: boolean): string[] =>
    Object.entries(map).map(([name, value]) =>
      spellPair(spelling, name, value, { example, column: at, isFlow: inFlow }),
    );
  const block = (): string => pairs(column, false).join(`\n${' '.repeat(column)}`);
  if (layout === 'block') {
    return block();
  }
  const inner = pairs(column + (layout === 'spread' ? spelling.step : 0), true);
  const isWide = isPadded(example, spelling.text) ?? true;
  const flow = inBrackets(spelling, '{}', inner, layout, column, isWide);
  return !isFlow && layout === 'line' && flow.length + column > MAX_COLUMNS ? block() : flow;
}

function inBrackets(
  { step }: Spelling,
  [open, close]: string,
  items: readonly string[],
  layout: Layout,
  column: number,
  padded: boolean,
): string {
  if (layout === 'spread') {
    const indent = ' '.repeat(column);
    const inner = items.map((item) => `\n${indent}${' '.repeat(step)}${item}`).join(',');
    return `${open ?? ''}${inner}\n${indent}${close ?? ''}`;
  }
  const pad = padded ? ' ' : '';
  return `${open ?? ''}${pad}${items.join(', ')}${pad}${close ?? ''}`;
}

/** A text in the quotes wanted; in double ones where it can't be without. */
function spellText(text: string, quote: string, isFlow: boolean): string {
  if (quote === "'" && !/[\u0000-\u001f\u007f-\uffff]/.test(text)) {
    return `'${text.replaceAll("'", "''")}'`;
  }
  return quote === '' && isPlain(text, isFlow) ? text : JSON.stringify(text);
}

function isPlain(text: string, isFlow: boolean): boolean {
  if (/[\n\r]/.test(text)) {
    return false;
  }
  try {
    const read: unknown = parse(isFlow ? `[${text}]` : `- ${text}`, { strict: true });
    return Array.isArray(read) && read.length === 1 && read[0] === text;
  } catch {
    return false;
  }
}

function allowed(layout: Layout, isFlow: boolean): Layout {
  return isFlow && layout === 'block' ? 'line' : layout;
}
