import { LIMITS } from './btf-layout.ts';

/** Part of every platform, but not of the language's own types. */
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

/** The result has a byte for each block of so many bytes; a string is in that in which it begins. */
export const BLOCK_SHIFT = 4;

/**
 * Finds the strings that may be no C identifiers. Nearly all are, so one search through the whole section, which the
 * engine does in machine code, takes the place of a look at each name. Strings that begin with a digit, and the empty
 * one, are not found.
 *
 * @param strings a string section; ends with a zero
 * @returns for each block of bytes not 0 if a string that begins there may hold something that is in no identifier, or
 *   be too long; others that begin there are suspected with it
 */
export function findOddStrings(strings: Uint8Array): Uint8Array {
  const odd = new Uint8Array((strings.length >> BLOCK_SHIFT) + 1);
  const text = new TextDecoder().decode(strings);
  // Positions in the text are those of the bytes if no character takes more than one.
  if (text.length !== strings.length) return odd.fill(1);
  const other = /[^\w\0]+/g;
  for (let match = other.exec(text); match !== null; match = other.exec(text)) {
    mark(odd, startOfString(strings, odd, match.index), other.lastIndex - 1);
  }
  markLong(text, odd);
  return odd;
}

/** The start of the string that a byte belongs to, or an earlier place in it that is marked already. */
function startOfString(strings: Uint8Array, odd: Uint8Array, from: number): number {
  let at = from;
  while (at > 0 && strings[at - 1] !== 0 && odd[at >> BLOCK_SHIFT] === 0) at--;
  return at;
}

function mark(odd: Uint8Array, from: number, to: number): void {
  odd.fill(1, from >> BLOCK_SHIFT, (to >> BLOCK_SHIFT) + 1);
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
      mark(odd, zero + 1, end);
      zero = end;
    }
  }
}
