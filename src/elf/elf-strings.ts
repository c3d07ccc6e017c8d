/**
 * Names in ELF and BTF are bytes up to a zero. They are read as UTF-8; what is none comes out as U+FFFD.
 *
 * Written out because TextDecoder takes longer for short names than all the rest.
 *
 * @param end where to stop if there is no zero before
 */
export function readString(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) break;
    if (byte >= 0x80) return text + readUtf8(bytes.subarray(at, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** The bytes of a text in UTF-8, without a zero. */
export function encodeString(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) {
      bytes.push(point);
    } else if (point < 0x800) {
      bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    } else if (point < 0x10000) {
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    } else {
      bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    }
  }
  return Uint8Array.from(bytes);
}

/** Whether the string at `start` is exactly these bytes; the string has to end before `end`. */
export function equalsString(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array): boolean {
  const stop = start + wanted.length;
  if (stop >= end || bytes[stop] !== 0) return false;
  for (let at = 0; at < wanted.length; at++) {
    if (bytes[start + at] !== wanted[at]) return false;
  }
  return true;
}

function readUtf8(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    if (first === 0) break;
    const more = first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
    const point = more < 0 ? undefined : codePoint(bytes, at, first, more);
    text += point === undefined ? '\ufffd' : String.fromCodePoint(point);
    at += point === undefined ? 1 : more + 1;
  }
  return text;
}

function codePoint(bytes: Uint8Array, at: number, first: number, more: number): number | undefined {
  let point = more === 0 ? first : first & (0x3f >> more);
  for (let index = 1; index <= more; index++) {
    const byte = bytes[at + index] ?? 0;
    if ((byte & 0xc0) !== 0x80) return undefined;
    point = (point << 6) | (byte & 0x3f);
  }
  const shortest = more === 2 ? 0x800 : more === 3 ? 0x10000 : 0;
  return point < shortest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? undefined : point;
}
