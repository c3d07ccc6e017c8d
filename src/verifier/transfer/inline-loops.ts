import { isNull } from '../state/register.ts';
import { markPrecise } from '../walk/precision.ts';
import { readRegister, type Walk } from '../walk/walk.ts';

/**
 * A call of bpf_loop(): kernels that make it a loop of its own rely on its flags being 0, on every path.
 * update_loop_inline_state(), kernel/bpf/verifier.c.
 */
export function noteLoop(walk: Walk, subprogram: number): void {
  if (!walk.prepared.behaviours.inlinesLoops) return;
  const known = walk.loopCalls[walk.insn];
  if (known?.fits === false) return;
  const isZero = isNull(readRegister(walk, 4));
  if (isZero) markPrecise(walk, 4);
  const fits = isZero && (known === undefined || known.subprogram === subprogram);
  walk.loopCalls[walk.insn] = { fits, subprogram: known?.subprogram ?? subprogram };
}
