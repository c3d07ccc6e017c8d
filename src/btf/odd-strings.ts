import { LIMITS } from './btf-layout.ts';

/** Part of every platform, but not of the language's own types. */
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

/**
 * Finds the strings that may be no C identifiers. Nearly all are, so one search through the whole section, which the
 * engine does in machine code, takes the place of a look at each name. Strings that begin with a digit, and the empty
 * one, are not found.
 *
 * @param strings a string section; ends with a zero
 * @returns for each byte not 0 if a string that begins there may hold something that is in no identifier, or be too long
 */
export function findOddStrings(strings: Uint8Array): Uint8Array {
  const odd = new Uint8Array(strings.length);
  const text = new TextDecoder().decode(strings);
  // Positions in the text are those of the bytes if no character takes more than one.
  if (text.length !== strings.length) return odd.fill(1);
  const other = /[^\w\0]+/g;
  for (let match = other.exec(text); match !== null; match = other.exec(text)) {
    markToStart(strings, odd, other.lastIndex - 1, match.index);
  }
  markLong(text, odd);
  return odd;
}

/** Marks from a byte down to another, and on to the start of the string or to what was marked before. */
function markToStart(strings: Uint8Array, odd: Uint8Array, from: number, to: number): void {
  odd.fill(1, to, from + 1);
  for (let at = to - 1; at >= 0 && strings[at] !== 0 && odd[at] === 0; at--) odd[at] = 1;
}

/** Goes from zero to zero in the longest steps that miss no string that is too long. */
function markLong(text: string, odd: Uint8Array): void {
  const step = LIMITS.identifierBytes + 1;
  let zero = -1;
  while (zero + step < text.length) {
    const next = text.lastIndexOf('\0', zero + step);
    if (next > zero) {
      zero = next;
    } else {
      const end = text.indexOf('\0', zero + step);
      odd.fill(1, zero + 1, end);
      zero = end;
    }
  }
}
