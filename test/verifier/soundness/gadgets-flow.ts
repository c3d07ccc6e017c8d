import { emitAll, type Emit } from './gadgets.ts';
import { mistakeOf } from './mistakes.ts';
import { emit, keeping, label, openFunction, PLACE, type Writer } from './writer.ts';

/** What every function begins with. @param context the register that it comes in */
export function emitPrologue(writer: Writer, context: string): void {
  emit(writer, `r6 = ${context}`);
  for (let at = PLACE.spill; at <= PLACE.key; at += 8) emit(writer, `*(u64 *)(r10 - ${String(at)}) = 0`);
}

/** A loop of some rounds. */
export const emitLoop: Emit = (writer, gadget, write) => {
  const { b, inner } = gadget;
  const again = label(writer);
  emit(writer, 'r1 = 0');
  keeping(writer, 'counter', 'r1', (at) => {
    emit(writer, `${again}:`);
    write(inner);
    const place = `*(u64 *)(r10 - ${String(at)})`;
    emit(writer, `r1 = ${place};r1 += 1;${place} = r1;if r1 < ${String(1 + (b % 3))} goto ${again}`);
  });
};

/** A function of the program, with the number and some stack of its caller. */
export const emitSubprogram: Emit = (writer, { a, b, inner }) => {
  if (writer.isCallback) return;
  const callee = openFunction(writer.program);
  if (callee === undefined) return;
  emit(writer, `r1 = r9;r2 = r10;r2 += -${String(PLACE.area)};r3 = r6;call ${callee.name};r9 = r0`);
  emit(callee, 'r9 = r1;r8 = r2');
  emit(callee, (a & 1) === 0 ? '*(u64 *)(r8 + 0) = r9' : 'r9 = *(u64 *)(r8 + 8)');
  if ((a & 6) === 0) emit(callee, 'r7 = r9;r7 &= 7;r8 += r7;*(u8 *)(r8 + 0) = 1');
  emitPrologue(callee, 'r3');
  emitAll(callee, inner);
  emit(callee, (b & 1) === 0 ? 'r0 = r9;exit' : 'r0 = 1;exit');
};

/** bpf_loop(). What a callback writes to its caller's stack kernels up to v6.6 misjudge, so it reads alone. */
export const emitCallback: Emit = (writer, gadget) => {
  const { b, inner } = gadget;
  if (writer.isCallback) return;
  const callee = openFunction(writer.program, true);
  if (callee === undefined) return;
  writer.program.hasCallbacks = true;
  const wrong = mistakeOf(gadget, 2);
  const flags = wrong === 0 ? '' : 'r4 = 0;';
  const place = `r3 = r10;r3 += -${String(PLACE.area)}`;
  emit(writer, `r1 = r9;r1 &= 3;r2 = func ${callee.name} ll;${place};${flags}call 181;r9 = r0`);
  emit(callee, 'r9 = *(u64 *)(r2 + 8);r9 += r1');
  emitPrologue(callee, 'r1');
  emitAll(
    callee,
    // What the context would be is a number there.
    inner.filter(({ kind }) => !['acquire', 'packet', 'pull', 'context', 'tailCall', 'memory'].includes(kind)),
  );
  emit(callee, wrong === 1 ? 'r0 = r9;exit' : (b & 1) === 0 ? 'r0 = 0;exit' : 'r0 = r9;r0 &= 1;exit');
};

export const emitTailCall: Emit = (writer, gadget) => {
  if (writer.isCallback || writer.name !== 'main_prog') return;
  if (writer.kept.some(({ what }) => what !== 'value' && what !== 'counter') && mistakeOf(gadget, 1) < 0) return;
  emit(writer, 'r1 = r6;r2 = map[4] ll;r3 = 0;call 12');
};

/** An end before the end. */
export const emitExit: Emit = (writer, gadget) => {
  if (writer.kept.some(({ what }) => what !== 'value' && what !== 'counter') && mistakeOf(gadget, 1) < 0) return;
  const go = label(writer);
  emit(writer, `if r9 != ${String(gadget.b)} goto ${go};r0 = 0;exit;${go}:`);
};
