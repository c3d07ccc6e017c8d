import { enterFunctionIn } from './call-subprogram.ts';
import type { CallMeta } from './call-meta.ts';
import { noteLoop } from './inline-loops.ts';
import { HELPER } from '../kernel/helper-ids.ts';
import { unsignedMax } from '../scalar/scalar.ts';
import { NotModelled } from '../rules/rule.ts';
import { createCell, type Cell } from '../state/cell.ts';
import { NOT_INIT } from '../state/register.ts';
import { currentFrame } from '../state/state.ts';
import { pushPending } from '../walk/pending.ts';
import { markPrecise } from '../walk/precision.ts';
import { frameOf, readRegister, recordPath, type Walk } from '../walk/walk.ts';

/**
 * A helper that calls a function of the program any number of times: that function is walked on a path of its own, whose
 * end comes back to the call. push_callback_call(), kernel/bpf/verifier.c.
 *
 * @param args R1 to R5 of the function
 * @throws Rejection
 */
export function pushCallback(walk: Walk, subprogram: number, args: readonly Cell[]): void {
  const start = walk.prepared.subprograms[subprogram]?.start ?? 0;
  const caller = frameOf(walk);
  const state = pushPending(walk, start, walk.insn);
  const frame = enterFunctionIn(state, subprogram, walk.insn);
  frame.inCallback = true;
  for (let index = 0; index < 5; index++) frame.registers[index + 1] = args[index] ?? createCell(NOT_INIT);
  state.callbacks += 1;
  const copy = state.frames[state.frames.length - 2] ?? currentFrame(state);
  copy.callbackDepth += 1;
  caller.callbackDepth = 0;
  recordPath(state, walk.insn, start, 'callback');
}

/** Whether a helper calls its function once more; for bpf_loop() until it was called as often as is asked for. */
export function callsAgain(walk: Walk, meta: CallMeta): boolean {
  if (meta.helper.id !== HELPER.loop) return true;
  noteLoop(walk, meta.subprogram);
  if (readRegister(walk, 1).type !== 'scalar') throw new NotModelled('bpf_loop() with a pointer for a number');
  markPrecise(walk, 1);
  const caller = frameOf(walk);
  if (caller.callbackDepth < unsignedMax(readRegister(walk, 1).scalar)) return true;
  caller.callbackDepth = 0;
  return false;
}
