import { checkFunctionArguments } from './function-arguments.ts';
import { checkGlobalArguments } from './global-arguments.ts';
import { forgetPackets } from './packet-access.ts';
import { callTooDeep } from '../rules/flow/call-depth.rule.ts';
import { callUnderLock } from '../rules/lock/call.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { copyCell } from '../state/cell.ts';
import { createFrame, registerOf, type Frame } from '../state/frame.ts';
import { currentFrame, type State } from '../state/state.ts';
import { clearCallerSaved, setRegister } from '../walk/registers.ts';
import { frameOf, recordPath, unknownScalar, type Subprogram, type Walk } from '../walk/walk.ts';

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
  if (!walk.prepared.behaviours.walksMainFirst) checkDepth(walk.state);
  if (callee?.linkage === 'global' && walk.prepared.hasFunctionInfo) {
    if (walk.prepared.behaviours.walksMainFirst) callGlobal(walk, callee, index);
    else checkGlobalArguments(walk, callee);
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

function checkDepth(state: State): void {
  const frames = state.frames.length + 1;
  if (frames > MAX_FRAMES) reject(callTooDeep, { frames });
}

/**
 * Makes the frame of a function that is walked now, and leaves the caller as it is while that goes on: the common part
 * of __check_func_call(). References go along.
 *
 * @throws Rejection if the calls are too deep
 */
export function enterFunction(walk: Walk, subprogram: number): Frame {
  checkDepth(walk.state);
  const caller = frameOf(walk);
  const frame = createFrame(walk.insn, walk.state.frames.length, subprogram);
  frame.references = caller.references;
  clearCallerSaved(walk, caller);
  walk.state.frames.push(frame);
  return frame;
}

/** The same in a state that is walked later, in which the caller's registers stay: setup_func_entry(). */
export function enterFunctionIn(state: State, subprogram: number, callSite: number): Frame {
  checkDepth(state);
  const frame = createFrame(callSite, state.frames.length, subprogram);
  frame.references = currentFrame(state).references;
  state.frames.push(frame);
  return frame;
}

/** The part of check_func_call() for global functions, since those that nothing calls are not walked. */
function callGlobal(walk: Walk, callee: Subprogram, index: number): void {
  const { state, prepared } = walk;
  if (state.lockOwner !== undefined) reject(callUnderLock, {});
  if (state.preemptOff > 0) throw new NotModelled('global functions without preemption');
  checkFunctionArguments(walk, callee);
  if (prepared.changesPacket[index] === true) forgetPackets(walk);
  walk.calledFunctions.add(index);
}
