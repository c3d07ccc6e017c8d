import { isMap, isNode, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { isDeepStrictEqual } from 'node:util';
import { applyEdits } from './apply-edits.ts';
import type { Planned } from './plan-set.ts';
import { printPair, type Value } from './print-declaration.ts';

/** A mapping's values by key, as plain data. */
type Plain = Readonly<Record<string, unknown>>;

/** Collects edits of one YAML text; what it can't edit in place, it says and leaves as it is. */
export class YamlEditor {
  readonly #text: string;
  readonly #edits: { start: number; end: number; text: string }[] = [];
  #isPossible = true;

  constructor(text: string) {
    this.#text = text;
  }

  /** The edited text; undefined where some edit could not be made. */
  result(): string | undefined {
    return this.#isPossible ? applyEdits(this.#text, this.#edits) : undefined;
  }

  /** Changes values of a block mapping; a key that is missing comes behind those that stand before it in `keys`. */
  pairs(map: YAMLMap, keys: readonly string[], old: Plain, planned: Plain): void {
    const column = this.#columnOf(map.items[0]?.key);
    const indent = ' '.repeat(column);
    const print = (key: string, value: unknown): string => printPair(key, value as Value, column).join(`\n${indent}`);
    for (const [position, key] of keys.entries()) {
      if (isDeepStrictEqual(old[key], planned[key])) {
        continue;
      }
      const value = planned[key];
      const pair = pairOf(map, key);
      if (pair === undefined) {
        const before = keys.slice(0, position).map((each) => pairOf(map, each));
        const anchor = before.findLast((each) => each !== undefined) ?? map.items[0];
        this.#insert(this.#lineEnd(this.#endOf(anchor?.value)), `\n${indent}${print(key, value)}`);
      } else if (value === undefined) {
        this.#removeLines(this.#startOf(pair.key), this.#endOf(pair.value));
      } else {
        this.#replace(this.#startOf(pair.key), this.#endOf(pair.value), print(key, value));
      }
    }
  }

  /**
   * Changes a block sequence.
   *
   * @param print the lines of an item, the first with its dash, to stand at an indent
   * @param change edits an item in place; without it the item is printed anew
   */
  list<T>(
    seq: YAMLSeq,
    old: readonly T[],
    planned: readonly Planned<T>[],
    print: (value: T, indent: number) => readonly string[],
    change?: (item: unknown, old: T, planned: Planned<T>) => boolean,
  ): void {
    if (seq.flow === true || old.length === 0 || planned.length === 0 || seq.items.length !== old.length) {
      this.#isPossible = false;
      return;
    }
    const column = this.#text
      .slice(this.#lineStart(this.#startOf(seq.items[0])), this.#startOf(seq.items[0]))
      .indexOf('-');
    const indent = ' '.repeat(column);
    const spell = (value: T): string => print(value, column).join(`\n${indent}`);
    const kept = new Set(planned.map(({ from }) => from));
    for (const [index, item] of seq.items.entries()) {
      if (!kept.has(index)) {
        this.#removeLines(this.#leadOf(seq, index), this.#endOf(item));
      }
    }
    let anchor: number | undefined;
    let added = '';
    const flush = (): void => {
      const at = anchor === undefined ? this.#leadOf(seq, 0) - 1 : this.#lineEnd(this.#endOf(seq.items[anchor]));
      if (added !== '') {
        this.#insert(at, added);
      }
      added = '';
    };
    for (const each of planned) {
      if (each.from === undefined) {
        added += `\n${indent}${spell(each.value)}`;
        continue;
      }
      flush();
      anchor = each.from;
      const item = seq.items[each.from];
      const before = old[each.from];
      if (before !== undefined && !isDeepStrictEqual(before, each.value) && change?.(item, before, each) !== true) {
        this.#replace(this.#startOf(item), this.#endOf(item), spell(each.value).slice(2));
      }
    }
    flush();
  }

  /** Adds a key with a block sequence behind a pair of a block mapping. */
  append(map: YAMLMap, after: string, key: string, lines: readonly string[]): void {
    const end = this.#lineEnd(this.#endOf(pairOf(map, after)?.value));
    this.#insert(end, [`\n${key}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
  }

  #insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text });
  }

  #replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  /** Removes the lines that hold a piece of text, with the line feed before them: what comes in behind it stays. */
  #removeLines(from: number, to: number): void {
    const start = this.#lineStart(from);
    this.#isPossible &&= start > 0 && /^\s*(- )?$/.test(this.#text.slice(start, from));
    this.#edits.push({ start: start - 1, end: this.#lineEnd(to), text: '' });
  }

  /** Where the comments begin that stand right above an item and belong to it. */
  #leadOf(seq: YAMLSeq, index: number): number {
    let start = this.#lineStart(this.#startOf(seq.items[index]));
    while (start > 0) {
      const before = this.#lineStart(start - 1);
      if (!/^[ \t]*#/.test(this.#text.slice(before, start))) {
        break;
      }
      start = before;
    }
    return start;
  }

  #columnOf(node: unknown): number {
    return this.#startOf(node) - this.#lineStart(this.#startOf(node));
  }

  #startOf(node: unknown): number {
    const start = isNode(node) ? node.range?.[0] : undefined;
    this.#isPossible &&= start !== undefined;
    return start ?? 0;
  }

  /** The end of a node without the white space that its range may take in. */
  #endOf(node: unknown): number {
    const end = isNode(node) ? node.range?.[1] : undefined;
    this.#isPossible &&= end !== undefined;
    return this.#text.slice(0, end ?? 0).trimEnd().length;
  }

  #lineStart(at: number): number {
    return this.#text.lastIndexOf('\n', at - 1) + 1;
  }

  #lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    return end === -1 ? this.#text.length : end;
  }
}

/** The pair of a mapping with this key. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** A block mapping, which can be edited pair by pair. */
export function isBlockMap(node: unknown): node is YAMLMap {
  return isMap(node) && node.flow !== true;
}

/** The block sequence under a key; undefined where there is none. */
export function blockSeqOf(map: YAMLMap, key: string): YAMLSeq | undefined {
  const value = pairOf(map, key)?.value;
  return isSeq(value) && value.flow !== true ? value : undefined;
}
