import type { Emit } from './gadgets.ts';
import { emitBound } from './gadgets-numbers.ts';
import { mistakeOf, pick } from './mistakes.ts';
import { emit, label, PLACE } from './writer.ts';

/** Members of the context. */
export const emitContext: Emit = (writer, gadget) => {
  const { a, b } = gadget;
  const wrong = mistakeOf(gadget, 2);
  if (wrong === 0) emit(writer, `r9 = *(u32 *)(r6 + ${String(b)})`);
  else if (wrong === 1) emit(writer, `*(u32 *)(r6 + ${String(b & ~3)}) = r9`);
  else {
    const text = pick(
      [
        'r9 = *(u32 *)(r6 + 0)',
        'r9 = *(u32 *)(r6 + 16)',
        '*(u32 *)(r6 + 8) = r9',
        '*(u32 *)(r6 + 48) = r9',
        'r9 = *(u32 *)(r6 + 52)',
        'r1 = r6;call kfunc bpf_kfunc_call_test_pass_ctx',
      ],
      a,
    );
    emit(writer, text);
  }
};

/** Bytes of the packet, behind a comparison with its end. */
export const emitPacket: Emit = (writer, gadget) => {
  const { a, b } = gadget;
  const end = label(writer);
  const wrong = mistakeOf(gadget, 4);
  const length = 1 + (b & 31);
  emit(writer, 'r7 = *(u32 *)(r6 + 76);r8 = *(u32 *)(r6 + 80)');
  if ((a & 1) === 1) {
    emit(writer, 'r1 = r9');
    emitBound(writer, gadget, 16, end);
    emit(writer, 'r7 += r1');
  }
  const compare = pick(
    [`if r2 > r8 goto ${end}`, `if r8 < r2 goto ${end}`, `if r2 >= r8 goto ${end}`, `if r8 <= r2 goto ${end}`],
    a >> 1,
  );
  emit(writer, `r2 = r7;r2 += ${String(length)};${wrong === 3 ? `if r2 < r8 goto ${end}` : compare}`);
  const last = wrong === 2 ? length + 1 : length - 1;
  emit(writer, (a & 8) === 0 ? `r9 = *(u8 *)(r7 + ${String(last)})` : `*(u8 *)(r7 + ${String(last)}) = r9`);
  if ((a & 48) === 48) emit(writer, `r1 = r6;r2 = 0;call 39;${wrong >= 0 ? 'r9 = *(u8 *)(r7 + 0)' : 'r7 = 0'}`);
  emit(writer, `${end}:`);
};

/** What was known of the packet is void. */
export const emitPull: Emit = (writer) => emit(writer, 'r1 = r6;r2 = 0;call 39;r9 = r0');

/** Memory for kfuncs, also of a variable size. */
export const emitMemory: Emit = (writer, gadget) => {
  const { a } = gadget;
  const area = `r10;`;
  if ((a & 1) === 0) {
    const place = String(PLACE.area);
    emit(writer, `r1 = ${area}r1 += -${place};call kfunc bpf_kfunc_call_test_pass1`);
    return;
  }
  const end = label(writer);
  emit(writer, 'r1 = r9');
  emitBound(writer, gadget, 16, end);
  emit(writer, `r2 = r1;r1 = ${area}r1 += -${String(PLACE.area)};call kfunc bpf_kfunc_call_test_mem_len_pass1;${end}:`);
};
