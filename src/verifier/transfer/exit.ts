import { describeReference, findLeak } from './leaks.ts';
import { lockHeldAtExit } from '../rules/lock/held-at-exit.rule.ts';
import { leak } from '../rules/ref/leak.rule.ts';
import { callbackReturnRange } from '../rules/callback/return-range.rule.ts';
import { callbackReturnType } from '../rules/callback/return-type.rule.ts';
import { asyncReturn } from '../rules/return/async-callback.rule.ts';
import { returnRefused } from '../rules/return/attach-type.rule.ts';
import { returnValue } from '../rules/return/range.rule.ts';
import { returnType } from '../rules/return/type.rule.ts';
import { sectionOpen } from '../rules/section/open.rule.ts';
import { returnsStack } from '../rules/subprogram/returns-stack.rule.ts';
import { reject } from '../rules/rule.ts';
import { signedMax, signedMin, type Scalar } from '../scalar/scalar.ts';
import { inRange } from '../scalar/tnum-range.ts';
import { formatScalar } from '../scalar/format.ts';
import { briefly } from '../state/describe.ts';
import { registerOf, type Frame } from '../state/frame.ts';
import { markRead } from '../walk/liveness.ts';
import { previousEntry, widen } from '../walk/loops.ts';
import { markPrecise } from '../walk/precision.ts';
import { readSource } from '../walk/registers.ts';
import { frameOf, readRegister, recordPath, type Walk } from '../walk/walk.ts';

/**
 * BPF_EXIT in do_check(), kernel/bpf/verifier.c.
 *
 * @returns the slot that follows in the caller; -1: the path ends
 * @throws Rejection
 */
export function executeExit(walk: Walk): number {
  const { state } = walk;
  const { leaksBeforeFunctionExit } = walk.prepared.behaviours;
  if (walk.prepared.behaviours.locksHaveOwners) checkSections(walk);
  else if (state.spinLock !== 0) reject(lockHeldAtExit, {});
  if (leaksBeforeFunctionExit) checkLeaks(walk);
  if (state.frames.length > 1) return returnToCaller(walk);
  if (!leaksBeforeFunctionExit) checkLeaks(walk);
  checkReturnValue(walk);
  return -1;
}

/** Locks and sections may be open where a function of the program returns. */
function checkSections({ state }: Walk): void {
  if (state.frames.length > 1) return;
  if (state.lockOwner !== undefined) reject(lockHeldAtExit, {});
  if (state.inRcu || state.preemptOff > 0) reject(sectionOpen, { where: 'the end of the program' });
}

function checkLeaks(walk: Walk): void {
  const found = findLeak(walk);
  if (found !== undefined) reject(leak, describeReference(walk, found));
}

/** prepare_func_exit(). */
export function returnToCaller(walk: Walk): number {
  const { state } = walk;
  const { behaviours } = walk.prepared;
  const callee = frameOf(walk);
  const result = registerOf(callee, 0);
  if (result.register.type === 'stack') reject(returnsStack, {}, { registers: [0] });
  if (callee.inCallback) {
    const value = result.register;
    if (value.type !== 'scalar') reject(callbackReturnType, { what: briefly(value) }, { registers: [0] });
    if (behaviours.callbackReturnPrecise) {
      markRead(result, result.parent);
      markPrecise(walk, 0);
    }
    const isIn = behaviours.comparesReturnRange ? isWithin(value.scalar, 0, 1) : inRange(value.scalar, 0, 1);
    if (!isIn) {
      reject(callbackReturnRange, { value: formatScalar(value.scalar) }, { registers: [0] });
    }
  }
  state.frames.pop();
  const caller = frameOf(walk);
  if (!callee.inCallback) takeResult(caller, callee);
  if (!(callee.inCallback && behaviours.callbackReferences)) caller.references = callee.references;
  const isLoop = callee.inCallback && behaviours.walksCallbacksAsLoops;
  const next = isLoop ? callee.callSite : callee.callSite + 1;
  recordPath(state, walk.insn, next, 'return');
  const previous = isLoop ? previousEntry(walk, state, next) : undefined;
  if (previous !== undefined) widen(walk, previous, state);
  return next;
}

/** What the callee has in R0 the caller has: with all its liveness, in every kernel. */
function takeResult(caller: Frame, callee: Frame): void {
  caller.registers[0] = registerOf(callee, 0);
}

/** retval_range_within(). */
function isWithin(scalar: Scalar, min: number, max: number): boolean {
  return signedMin(scalar) >= min && signedMax(scalar) <= max;
}

/** check_return_code(). */
function checkReturnValue(walk: Walk): void {
  const { returns, program, behaviours } = walk.prepared;
  const { comparesReturnRange } = behaviours;
  const frame = walk.state.frames[0] as Frame;
  const isSubprogram = frame.subprogram !== 0;
  if (!isSubprogram && returns.kind === 'unchecked') return;
  const register = readSource(walk, 0);
  const isNumber = register.type === 'scalar';
  const notNumber = (): never => reject(returnType, { what: briefly(register) }, { registers: [0] });
  if (frame.inAsyncCallback) {
    if (!isNumber) notNumber();
    if (comparesReturnRange) markPrecise(walk, 0);
    const isZero = comparesReturnRange ? isWithin(register.scalar, 0, 0) : inRange(register.scalar, 0, 0);
    if (!isZero) {
      reject(asyncReturn, { value: formatScalar(register.scalar) }, { registers: [0] });
    }
    return;
  }
  if (isSubprogram) {
    if (!isNumber) notNumber();
    return;
  }
  if (returns.kind === 'refused') reject(returnRefused, {});
  if (returns.kind !== 'range') return;
  if (!isNumber) notNumber();
  const { min, max, lowBits } = returns;
  if (comparesReturnRange) markPrecise(walk, 0);
  const { scalar } = readRegister(walk, 0);
  const isIn = !comparesReturnRange
    ? inRange(scalar, min, max)
    : lowBits
      ? scalar.s32min >= min && scalar.s32max <= max
      : isWithin(scalar, min, max);
  if (!isIn) {
    const values = { value: formatScalar(register.scalar), progType: program.progType, min, max };
    reject(returnValue, values, { registers: [0] });
  }
}
