import type { Emit } from './gadgets.ts';
import { mistakeOf, pick } from './mistakes.ts';
import { emit, keeping, label, PLACE, recall, type Writer } from './writer.ts';

interface Acquiring {
  readonly what: 'ref' | 'memb' | 'sock' | 'record';
  readonly acquire: string;
  /** With what was acquired in R1. */
  readonly release: string;
}

const KINDS: readonly [Acquiring, ...Acquiring[]] = [
  {
    what: 'ref',
    acquire: `r1 = r10;r1 += -${String(PLACE.area)};call kfunc bpf_kfunc_call_test_acquire`,
    release: 'call kfunc bpf_kfunc_call_test_release',
  },
  {
    what: 'memb',
    acquire: 'call kfunc bpf_kfunc_call_memb_acquire',
    release: 'call kfunc bpf_kfunc_call_memb_release',
  },
  {
    what: 'sock',
    acquire: `r1 = r6;r2 = r10;r2 += -${String(PLACE.tuple)};*(u64 *)(r2 + 0) = 0;*(u32 *)(r2 + 8) = 0;r3 = 12;r4 = -1;r5 = 0;call 84`,
    release: 'call 86',
  },
  { what: 'record', acquire: 'r1 = map[3] ll;r2 = 16;r3 = 0;call 131', release: 'r2 = 0;call 132' },
  { what: 'record', acquire: 'r1 = map[3] ll;r2 = 16;r3 = 0;call 131', release: 'r2 = 0;call 133' },
];

/** Something is acquired, used by inner gadgets, and released. */
export const emitAcquire: Emit = (writer, gadget, write) => {
  const { b, inner } = gadget;
  const kind = pick(KINDS, b);
  const wrong = mistakeOf(gadget, 9);
  const end = label(writer);
  emit(writer, kind.acquire);
  emitCheck(writer, wrong, end);
  keeping(writer, kind.what, 'r0', (at) => {
    const slot = `*(u64 *)(r10 - ${String(at)})`;
    if (wrong === 3) emit(writer, `r1 = ${slot};${kind.release}`);
    write(inner);
    emit(writer, `r1 = ${slot}`);
    if (wrong === 5) emit(writer, 'r1 += 8');
    const release = wrong === 6 ? pick(KINDS, b + 1).release : kind.release;
    if (wrong !== 4) emit(writer, release);
    if (wrong === 7) emit(writer, `r1 = ${slot};${kind.release}`);
    if (wrong === 8) emit(writer, `r1 = ${slot};r9 = *(u32 *)(r1 + 0)`);
  });
  emit(writer, `${end}:`);
};

function emitCheck(writer: Writer, wrong: number, end: string): void {
  if (wrong === 0) return;
  if (wrong === 1) emit(writer, `if r0 != 0 goto ${end}`);
  else if (wrong === 2) emit(writer, `if w0 == 0 goto ${end}`);
  else emit(writer, `if r0 == 0 goto ${end}`);
}

/** What is held is read, written, or walked from. */
export const emitUse: Emit = (writer, gadget) => {
  const { a, b } = gadget;
  const found = recall(writer, ['ref', 'memb', 'sock', 'record'], 'r1');
  if (found === undefined) return;
  const wrong = mistakeOf(gadget, 3);
  if (wrong === 0) emit(writer, `r9 = *(u64 *)(r1 + ${String(b)})`);
  else if (wrong === 1) emit(writer, '*(u32 *)(r1 + 0) = r9');
  else if (wrong === 2) emit(writer, 'r2 = r9;r2 &= 7;r1 += r2;r9 = *(u8 *)(r1 + 0)');
  else if (found.what === 'record') emitRecordUse(writer, a);
  else if (found.what === 'ref' && (a & 1) === 0) {
    emit(writer, 'r1 = *(u64 *)(r1 + 16);r9 = *(u32 *)(r1 + 0);r1 = *(u64 *)(r1 + 16);r9 = *(u32 *)(r1 + 4)');
  } else if ((a & 2) === 0) emit(writer, 'r7 = r1;r9 = *(u32 *)(r7 + 4)');
  else emit(writer, 'r9 = *(u32 *)(r1 + 4)');
};

function emitRecordUse(writer: Writer, a: number): void {
  const text = pick(
    [
      '*(u64 *)(r1 + 0) = r9',
      'r9 = *(u64 *)(r1 + 8)',
      'r2 = r9;r2 &= 15;r1 += r2;*(u8 *)(r1 + 0) = 7',
      'r2 = r9;r2 &= 7;r1 += r2;r9 = *(u8 *)(r1 + 8)',
    ],
    a,
  );
  emit(writer, text);
}
