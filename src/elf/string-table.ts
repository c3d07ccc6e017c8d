import { encodeString } from './elf-strings.ts';

/** A string table that is being written. */
export interface StringTable {
  /** Adds a text unless it is there, and gives its offset. */
  readonly add: (text: string) => number;
  /** The table, with what was added so far. */
  readonly bytes: () => Uint8Array;
}

/**
 * A table for strings that end with a zero.
 *
 * @param first what the offset of the first string is
 * @param known strings that stand somewhere else already, by text; others are added to it
 */
export function createStringTable(first = 0, known = new Map<string, number>()): StringTable {
  const parts: Uint8Array[] = [];
  let length = 0;
  return {
    add: (text) => {
      const offset = known.get(text) ?? first + length;
      if (!known.has(text)) {
        const bytes = encodeString(text);
        known.set(text, offset);
        parts.push(bytes);
        length += bytes.length + 1;
      }
      return offset;
    },
    bytes: () => {
      const table = new Uint8Array(length);
      let at = 0;
      for (const part of parts) {
        table.set(part, at);
        at += part.length + 1;
      }
      return table;
    },
  };
}
