import type { Emit } from './gadgets.ts';
import { emitBound } from './gadgets-numbers.ts';
import { mistakeOf, pick } from './mistakes.ts';
import { emit, keeping, label, PLACE, recall } from './writer.ts';

const KEY = `r2 = r10;r2 += -${String(PLACE.key)}`;
const REF = 'bpf_kfunc_call_test_release';
const MEMBER = 'bpf_kfunc_call_memb_release';

/** A value with kptrs is looked up, for inner gadgets. */
export const emitLookup: Emit = (writer, gadget, write) => {
  const { a, b, inner } = gadget;
  const end = label(writer);
  emit(writer, `*(u64 *)(r10 - ${String(PLACE.key)}) = ${String(b & 3)};r1 = map[${String(a & 1)}] ll;${KEY};call 1`);
  if (mistakeOf(gadget, 1) < 0) emit(writer, `if r0 == 0 goto ${end}`);
  keeping(writer, 'value', 'r0', () => write(inner));
  emit(writer, `${end}:`);
};

/** Plain bytes of a value, at a variable offset. */
export const emitValueAccess: Emit = (writer, gadget) => {
  const { a, b } = gadget;
  if (recall(writer, ['value'], 'r7') === undefined) return;
  const end = label(writer);
  const wrong = mistakeOf(gadget, 8);
  emit(writer, 'r1 = r9');
  emitBound(writer, gadget, 8, end);
  emit(writer, 'r7 += r1');
  const at = wrong === 7 ? '0' : '40';
  const size = wrong === 6 ? 'u64' : 'u8';
  const base = `*(${size} *)(r7 + ${at})`;
  const text = pick([`${base} = r9`, `r9 = ${base}`, `${base} = ${String(b)}`], a);
  emit(writer, `${text};${end}:`);
};

/** What can be done with kptrs. */
export const emitKptr: Emit = (writer, gadget) => {
  const { a, b } = gadget;
  if (recall(writer, ['value'], 'r7') === undefined) return;
  const end = label(writer);
  const wrong = mistakeOf(gadget, 5);
  const isMember = (b & 1) === 1;
  const slot = String((isMember ? 24 : 16) + (wrong === 0 ? 8 : 0));
  const release = wrong === 1 ? '' : `;r1 = r0;call kfunc ${isMember !== (wrong === 2) ? MEMBER : REF}`;
  const acquire = isMember
    ? 'call kfunc bpf_kfunc_call_memb_acquire'
    : `r1 = r10;r1 += -${String(PLACE.area)};call kfunc bpf_kfunc_call_test_acquire`;
  const check = wrong === 3 ? '' : `;if r0 == 0 goto ${end}`;
  const unreferenced = isMember ? '32' : '8';
  const text = pick(
    [
      // Something is put in, and what was there comes out.
      `${acquire}${check};r8 = r0;r1 = r7;r1 += ${slot};r2 = r8;call 194;if r0 == 0 goto ${end}${release}`,
      // What is there comes out.
      `r1 = r7;r1 += ${slot};r2 = 0;call 194${check}${release}`,
      // A reference of its own.
      `r1 = r7;r1 += ${isMember && wrong === 4 ? '24' : '16'};r2 = 0;r3 = 0;call kfunc bpf_kfunc_call_test_kptr_get${check};r1 = r0;call kfunc ${REF}`,
      // Read only, through a pointer that nothing keeps.
      `r1 = *(u64 *)(r7 + ${slot});if r1 == 0 goto ${end};r9 = *(u32 *)(r1 + 0)`,
      `r1 = *(u64 *)(r7 + ${unreferenced});if r1 == 0 goto ${end};r9 = *(u32 *)(r1 + 4)`,
      `r1 = *(u64 *)(r7 + ${unreferenced})${check};${wrong === 4 ? 'call kfunc bpf_kfunc_call_test_release' : 'r9 = r1'}`,
      `*(u64 *)(r7 + ${unreferenced}) = 0`,
      `${acquire};if r0 == 0 goto ${end};*(u64 *)(r7 + ${unreferenced}) = r0${release}`,
      `${acquire};if r0 == 0 goto ${end};r8 = r0${release};${wrong === 4 ? `*(u64 *)(r7 + ${unreferenced}) = r8` : 'r8 = 0'}`,
    ],
    a,
  );
  emit(writer, `${text};${end}:`);
};

/** Values are written and deleted as a whole. */
export const emitMapChange: Emit = (writer, gadget) => {
  const { a, b } = gadget;
  emit(writer, `*(u64 *)(r10 - ${String(PLACE.key)}) = ${String(b & 3)}`);
  if ((a & 1) === 0) {
    emit(writer, `r1 = map[1] ll;${KEY};call 3`);
    return;
  }
  const last = mistakeOf(gadget, 3) === 0 ? 40 : 48;
  for (let at = 0; at < last; at += 8) emit(writer, `*(u64 *)(r10 - ${String(PLACE.value - at)}) = 0`);
  emit(writer, `r1 = map[${String((a >> 1) & 1)}] ll;${KEY};r3 = r10;r3 += -${String(PLACE.value)};r4 = 0;call 2`);
};

/** A spin lock in a value. */
export const emitLock: Emit = (writer, gadget) => {
  const { b } = gadget;
  const end = label(writer);
  const wrong = mistakeOf(gadget, 4);
  emit(writer, `*(u64 *)(r10 - ${String(PLACE.key)}) = ${String(b & 1)};r1 = map[2] ll;${KEY};call 1`);
  emit(writer, `if r0 == 0 goto ${end};r7 = r0;r1 = r7;${wrong === 0 ? 'r1 += 8;' : ''}call 93`);
  if (wrong === 1) emit(writer, 'call 7');
  if (wrong === 3) emit(writer, `if r9 == 3 goto ${end}`);
  emit(writer, (b & 2) === 0 ? 'r9 = *(u64 *)(r7 + 8)' : 'r9 += 1');
  if (wrong !== 2) emit(writer, 'r1 = r7;call 94');
  emit(writer, `${end}:`);
};
