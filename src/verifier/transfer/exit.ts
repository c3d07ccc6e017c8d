import { describeReference, findLeak } from './leaks.ts';
import { lockHeldAtExit } from '../rules/lock/held-at-exit.rule.ts';
import { leak } from '../rules/ref/leak.rule.ts';
import { callbackReturnRange } from '../rules/callback/return-range.rule.ts';
import { callbackReturnType } from '../rules/callback/return-type.rule.ts';
import { asyncReturn } from '../rules/return/async-callback.rule.ts';
import { returnRefused } from '../rules/return/attach-type.rule.ts';
import { returnValue } from '../rules/return/range.rule.ts';
import { returnType } from '../rules/return/type.rule.ts';
import { returnsStack } from '../rules/subprogram/returns-stack.rule.ts';
import { reject } from '../rules/rule.ts';
import { inRange } from '../scalar/tnum-range.ts';
import { formatScalar } from '../scalar/format.ts';
import { briefly } from '../state/describe.ts';
import { registerOf, type Frame } from '../state/frame.ts';
import { markRead } from '../walk/liveness.ts';
import { markPrecise } from '../walk/precision.ts';
import { readSource } from '../walk/registers.ts';
import { frameOf, recordPath, type Walk } from '../walk/walk.ts';

/**
 * BPF_EXIT in do_check(), kernel/bpf/verifier.c.
 *
 * @returns the slot that follows in the caller; -1: the path ends
 * @throws Rejection
 */
export function executeExit(walk: Walk): number {
  const { state } = walk;
  const { leaksBeforeFunctionExit } = walk.prepared.behaviours;
  if (state.spinLock !== 0) reject(lockHeldAtExit, {});
  if (leaksBeforeFunctionExit) checkLeaks(walk);
  if (state.frames.length > 1) return returnToCaller(walk);
  if (!leaksBeforeFunctionExit) checkLeaks(walk);
  checkReturnValue(walk);
  return -1;
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
    if (!inRange(value.scalar, 0, 1)) {
      reject(callbackReturnRange, { value: formatScalar(value.scalar) }, { registers: [0] });
    }
  }
  state.frames.pop();
  const caller = frameOf(walk);
  if (!callee.inCallback) takeResult(caller, callee);
  if (!(callee.inCallback && behaviours.callbackReferences)) caller.references = callee.references;
  const next = callee.callSite + 1;
  recordPath(state, walk.insn, next, 'return');
  return next;
}

/** What the callee has in R0 the caller has: with all its liveness, in every kernel. */
function takeResult(caller: Frame, callee: Frame): void {
  caller.registers[0] = registerOf(callee, 0);
}

/** check_return_code(). */
function checkReturnValue(walk: Walk): void {
  const { returns, program } = walk.prepared;
  const frame = walk.state.frames[0] as Frame;
  const isSubprogram = frame.subprogram !== 0;
  if (!isSubprogram && returns.kind === 'unchecked') return;
  const register = readSource(walk, 0);
  const isNumber = register.type === 'scalar';
  const notNumber = (): never => reject(returnType, { what: briefly(register) }, { registers: [0] });
  if (frame.inAsyncCallback) {
    if (!isNumber) notNumber();
    if (!inRange(register.scalar, 0, 0)) {
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
  const { min, max } = returns;
  if (!inRange(register.scalar, min, max)) {
    const values = { value: formatScalar(register.scalar), progType: program.progType, min, max };
    reject(returnValue, values, { registers: [0] });
  }
}
