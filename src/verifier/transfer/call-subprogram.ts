import { checkGlobalArguments } from './global-arguments.ts';
import { callTooDeep } from '../rules/flow/call-depth.rule.ts';
import { reject } from '../rules/rule.ts';
import { copyCell } from '../state/cell.ts';
import { createFrame, registerOf, type Frame } from '../state/frame.ts';
import { clearCallerSaved, setRegister } from '../walk/registers.ts';
import { frameOf, recordPath, unknownScalar, type Walk } from '../walk/walk.ts';

/** MAX_CALL_FRAMES. */
const MAX_FRAMES = 8;

/**
 * A call of a function of the program: check_func_call(), kernel/bpf/verifier.c. Static functions are walked each time,
 * global ones alone.
 *
 * @returns the slot that follows
 * @throws Rejection
 */
export function callSubprogram(walk: Walk): number {
  const { code, subprograms } = walk.prepared;
  const { insn } = walk;
  const start = insn + (code.imm[insn] ?? 0) + 1;
  const index = subprograms.findIndex((each) => each.start === start);
  const callee = subprograms[index];
  checkDepth(walk);
  if (callee?.linkage === 'global' && walk.prepared.hasFunctionInfo) {
    checkGlobalArguments(walk, callee);
    clearCallerSaved(walk, frameOf(walk));
    setRegister(walk, 0, unknownScalar(walk));
    return insn + 1;
  }
  const caller = frameOf(walk);
  const args = [1, 2, 3, 4, 5].map((number) => copyCell(registerOf(caller, number)));
  const frame = enterFunction(walk, index);
  for (const [position, cell] of args.entries()) frame.registers[position + 1] = cell;
  recordPath(walk.state, insn, start, 'call');
  return start;
}

function checkDepth(walk: Walk): void {
  const frames = walk.state.frames.length + 1;
  if (frames > MAX_FRAMES) reject(callTooDeep, { frames });
}

/**
 * Makes the frame of a function that is walked now, and leaves the caller as it is while that goes on: the common part
 * of __check_func_call(). References go along.
 *
 * @throws Rejection if the calls are too deep
 */
export function enterFunction(walk: Walk, subprogram: number): Frame {
  checkDepth(walk);
  const caller = frameOf(walk);
  const frame = createFrame(walk.insn, walk.state.frames.length, subprogram);
  frame.references = caller.references;
  clearCallerSaved(walk, caller);
  walk.state.frames.push(frame);
  return frame;
}
