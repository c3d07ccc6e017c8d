import { countDown } from './pending.ts';
import { isVisited } from './prune.ts';
import { checkStackDepth } from './stack-depth.ts';
import { step } from './step.ts';
import type { Prepared, TraceSink, Walk } from './walk.ts';
import { contextInconvertible } from '../rules/context/no-such-field.rule.ts';
import { kfuncEliminated } from '../rules/kfunc/missing-is-called.rule.ts';
import { tooComplex } from '../rules/limit/instructions.rule.ts';
import { reject } from '../rules/rule.ts';
import { createFrame, NO_CALL_SITE, registerOf } from '../state/frame.ts';
import { pointer } from '../state/register.ts';
import { createState } from '../state/state.ts';
import { prepareFunctionArguments } from '../transfer/function-arguments.ts';
import { prepareGlobalArguments } from '../transfer/global-arguments.ts';

/** BPF_COMPLEXITY_LIMIT_INSNS. */
const LIMIT = 1_000_000;

/** A walk that has not begun. */
export function createWalk(prepared: Prepared, trace?: TraceSink): Walk {
  return {
    prepared,
    state: createState(createFrame(NO_CALL_SITE, 0, 0)),
    insn: 0,
    previousInsn: -1,
    lastId: 0,
    processed: 0,
    jumps: 0,
    storedProcessed: 0,
    storedJumps: 0,
    pending: [],
    explored: [],
    pointerTypes: [],
    mapUses: [],
    history: [],
    historyEntry: -1,
    linked: [],
    wanted: { frame: 0, registers: new Int32Array(8), slots: new Int32Array(16) },
    loopCalls: [],
    calledFunctions: new Set(),
    missingKfunc: undefined,
    inconvertible: undefined,
    trace,
  };
}

/**
 * Walks all paths of a program: global functions one by one, then the main one; do_check_subprogs(), do_check_main()
 * and what follows them in bpf_check(), kernel/bpf/verifier.c.
 *
 * @throws Rejection, NotModelled
 */
export function walkProgram(walk: Walk): void {
  const { prepared } = walk;
  if (prepared.behaviours.walksMainFirst) {
    walkFunction(walk, 0);
    walkCalledFunctions(walk);
    finishProgram(walk);
    return;
  }
  if (prepared.hasFunctionInfo) {
    for (const [index, subprogram] of prepared.subprograms.entries()) {
      if (index > 0 && subprogram.linkage === 'global') walkFunction(walk, index);
    }
  }
  walkFunction(walk, 0);
  finishProgram(walk);
}

/** do_check_subprogs(): global functions that something calls that is walked. */
function walkCalledFunctions(walk: Walk): void {
  const { subprograms } = walk.prepared;
  const walked = new Set<number>();
  for (let isNew = true; isNew;) {
    isNew = false;
    for (let index = 1; index < subprograms.length; index++) {
      if (!walk.calledFunctions.has(index) || walked.has(index)) continue;
      walkFunction(walk, index);
      walked.add(index);
      isNew = true;
    }
  }
}

function finishProgram(walk: Walk): void {
  checkStackDepth(walk.prepared);
  if (walk.inconvertible !== undefined)
    reject(contextInconvertible, { insn: walk.inconvertible }, { insn: walk.inconvertible });
  if (walk.missingKfunc !== undefined) reject(kfuncEliminated, {}, { insn: walk.missingKfunc });
}

/** do_check_common(). */
function walkFunction(walk: Walk, index: number): void {
  const { prepared } = walk;
  const subprogram = prepared.subprograms[index];
  if (subprogram === undefined) return;
  const frame = createFrame(NO_CALL_SITE, 0, index);
  walk.state = createState(frame);
  walk.explored = [];
  walk.historyEntry = -1;
  walk.insn = subprogram.start;
  walk.previousInsn = -1;
  if (index > 0 && prepared.behaviours.walksMainFirst) prepareFunctionArguments(walk, frame, subprogram);
  else if (index > 0) prepareGlobalArguments(walk, frame, subprogram);
  else registerOf(frame, 1).register = pointer('ctx');
  // From v6.1 on a walk knows where it began.
  if (prepared.behaviours.forgetsPrecision) walk.state.firstInsn = subprogram.start;
  walkPaths(walk);
}

/** do_check(). */
function walkPaths(walk: Walk): void {
  for (;;) {
    if (++walk.processed > LIMIT) reject(tooComplex, { limit: LIMIT });
    let next: number;
    if (isVisited(walk)) {
      walk.trace?.pruned(walk);
      next = -1;
    } else {
      walk.trace?.step(walk);
      next = step(walk);
    }
    if (next >= 0) {
      walk.previousInsn = walk.insn;
      walk.insn = next;
      continue;
    }
    countDown(walk.state);
    const pending = walk.pending.pop();
    if (pending === undefined) return;
    walk.state = pending.state;
    walk.insn = pending.insn;
    walk.previousInsn = pending.previousInsn;
  }
}
