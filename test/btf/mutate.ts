/** A stream of numbers from 0 to below 2^32 that is the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Numbers that stand at the edges of what is checked. */
const EDGES = [
  0, 1, 2, 3, 4, 7, 8, 0x7f, 0x80, 0xff, 0xffff, 0x10000, 0xfffff, 0x100000, 0xffffff, 0x7fffffff, 0x80000000,
  0xfffffff8, 0xffffffff,
];
const MOST_CHANGES = 4;

/** A copy with a few changes of the kinds that files come to harm by, or are made harmful by. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  let copy: Uint8Array = bytes.slice();
  for (let changes = 1 + (random() % MOST_CHANGES); changes > 0 && copy.length > 8; changes--)
    copy = change(copy, random);
  return copy;
}

function change(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = random() % bytes.length;
  const word = at - (at % 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fits = word + 4 <= bytes.length;
  switch (random() % 8) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (random() % 8));
      return bytes;
    case 1:
      bytes[at] = random();
      return bytes;
    case 2:
    case 3:
      if (fits) view.setUint32(word, EDGES[random() % EDGES.length] ?? 0, random() % 2 === 0);
      return bytes;
    case 4:
      // A small number, as ids and sizes are.
      if (fits) view.setUint32(word, random() % 400, random() % 2 === 0);
      return bytes;
    case 5:
      bytes.copyWithin(word, random() % bytes.length, (random() % bytes.length) + 1);
      return bytes;
    case 6:
      return bytes.slice(0, at);
    default:
      return insert(bytes, at, bytes.slice(word, word + (random() % 64)));
  }
}

function insert(bytes: Uint8Array, at: number, more: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length + more.length);
  result.set(bytes.subarray(0, at));
  result.set(more, at);
  result.set(bytes.subarray(at), at + more.length);
  return result;
}
