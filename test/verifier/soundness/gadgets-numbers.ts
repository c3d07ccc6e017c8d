import type { Emit } from './gadgets.ts';
import { mistakeOf, pick } from './mistakes.ts';
import { emit, label, PLACE } from './writer.ts';

const SIZES = ['u8', 'u16', 'u32', 'u64'] as const;
const COMPARISONS = ['==', '!=', '>', '>=', '<', '<=', 's>', 's>=', 's<', 's<=', '&'] as const;

export const emitNumber: Emit = (writer, { a, b }) => {
  const text = pick(
    [
      `r9 += ${String(b - 100)}`,
      `w9 += ${String(b - 100)}`,
      `r9 &= ${String(b)}`,
      `w9 &= ${String(b * 3)}`,
      `r9 *= ${String(b % 9)}`,
      `r9 <<= ${String(b % 64)}`,
      `r9 >>= ${String(b % 64)}`,
      `r9 s>>= ${String(b % 64)}`,
      `w9 s>>= ${String(b % 32)}`,
      `w9 <<= ${String(b % 32)}`,
      `r9 ^= ${String(b - 128)}`,
      `r9 |= ${String(b)}`,
      'r9 = -r9',
      'r9 = be16 r9',
      'w9 = w9',
      `r9 /= ${String(b + 1)}`,
      `w9 %= ${String(b + 1)}`,
      `r7 = r9;r9 -= r7`,
      `r7 = r9;r7 &= 15;r9 += r7`,
      `r7 = r9;w7 >>= 28;w9 -= w7`,
      `r9 = ${String(b - 128)}`,
      `r9 -= ${String(b)}`,
    ],
    a,
  );
  emit(writer, text);
};

export const emitRandom: Emit = (writer, { a }) => emit(writer, pick(['call 7;r9 = r0', 'call 5;r9 = r0'], a));

/** Spilled in one size, and filled in another. */
export const emitSpill: Emit = (writer, gadget) => {
  const { a, b } = gadget;
  const place = mistakeOf(gadget, 2) === 0 ? 400 : PLACE.spill;
  const size = b & 3;
  // At an offset that the size fits, unless it is a mistake.
  const within = (b >> 2) & (mistakeOf(gadget, 2) === 1 ? 7 : 7 & (-1 << size));
  emit(writer, `*(${pick(SIZES, a)} *)(r10 - ${String(place)}) = r9`);
  emit(writer, `r9 = *(${pick(SIZES, size)} *)(r10 - ${String(place - within)})`);
};

/** A place on the stack at a variable offset, bounded by a mask or by branches. */
export const emitStackAccess: Emit = (writer, gadget) => {
  const { a, b } = gadget;
  const end = label(writer);
  emit(writer, 'r1 = r9');
  emitBound(writer, gadget, 8, end);
  emit(writer, `r2 = r10;r2 += -${String(PLACE.area)};r2 += r1`);
  const size = mistakeOf(gadget, 8) === 4 ? pick(SIZES, b) : 'u8';
  if ((a & 1) === 0) emit(writer, `*(${size} *)(r2 + 0) = r9`);
  else emit(writer, `r9 = *(${size} *)(r2 + 0)`);
  emit(writer, `${end}:`);
};

/** R1 is made to be below a limit, which is a power of two; or so the author believes. */
export function emitBound(
  writer: Parameters<Emit>[0],
  gadget: Parameters<Emit>[1],
  limit: number,
  otherwise: string,
): void {
  const wrong = mistakeOf(gadget, 4);
  const last = String(limit - 1);
  if (wrong === 0) emit(writer, `if r1 s> ${last} goto ${otherwise}`);
  else if (wrong === 1) emit(writer, `r1 &= ${String(limit * 64 - 1)}`);
  else if (wrong === 2) emit(writer, `if w1 > ${last} goto ${otherwise}`);
  else {
    const { a } = gadget;
    const bounds = [
      `r1 &= ${last}`,
      `if r1 > ${last} goto ${otherwise}`,
      `if r1 s> ${last} goto ${otherwise};if r1 s< 0 goto ${otherwise}`,
      `w1 &= ${last}`,
      `r1 %= ${String(limit)};if r1 > ${last} goto ${otherwise}`,
      `w1 = w1;if w1 >= ${String(limit)} goto ${otherwise}`,
      `r2 = ${last};if r1 > r2 goto ${otherwise}`,
      `r1 >>= 61;r1 &= ${last}`,
    ] as const;
    emit(writer, pick(bounds, a >> 1));
  }
}

export const emitBranch: Emit = (writer, { a, b, inner, other }, write) => {
  const [otherwise, end] = [label(writer), label(writer)];
  const wide = (b & 1) === 0 ? 'r' : 'w';
  const against = (b & 2) === 0 ? String((b >> 2) - 10) : `${wide}7`;
  if (against.endsWith('7')) emit(writer, (b & 4) === 0 ? `r7 = ${String(b - 64)}` : 'r7 = r9;r7 &= 63');
  emit(writer, `if ${wide}9 ${pick(COMPARISONS, a)} ${against} goto ${otherwise}`);
  write(inner);
  emit(writer, `goto ${end};${otherwise}:`);
  write(other);
  emit(writer, `${end}:`);
};

export const emitAtomic: Emit = (writer, { a, b }) => {
  const at = `(r10 - ${String(PLACE.area - 8 * (b & 1))})`;
  const text = pick(
    [
      `lock *(u64 *)${at} += r9`,
      `lock *(u32 *)${at} |= w9`,
      `r9 = atomic_fetch_add((u64 *)${at}, r9)`,
      `r9 = xchg_64${at.replace(')', ', r9)')}`,
      `r0 = ${String(b)};r0 = cmpxchg_64${at.replace(')', ', r0, r9)')};r9 = r0`,
    ],
    a,
  );
  emit(writer, text);
};
