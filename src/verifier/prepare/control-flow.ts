import { namesFunction } from './subprograms.ts';
import { CALL, CLASS, JUMP, LD_IMM64, PSEUDO } from '../../program/encoding.ts';
import type { Code } from '../../program/code.ts';
import type { Behaviours } from '../kernel/behaviours.ts';
import { CALLBACK_HELPERS, HELPER } from '../kernel/helper-ids.ts';
import type { Kfunc } from '../kernel/kfunc.ts';
import { backEdge } from '../rules/flow/back-edge.rule.ts';
import { intoWideInstruction } from '../rules/flow/into-wide-instruction.rule.ts';
import { jumpOutOfRange } from '../rules/flow/jump-out-of-range.rule.ts';
import { unreachable } from '../rules/flow/unreachable.rule.ts';
import { reject } from '../rules/rule.ts';

/** Where states are compared, and where the history of jumps is kept. */
export interface ControlFlow {
  readonly prunePoints: Uint8Array;
  readonly jumpPoints: Uint8Array;
  readonly checkpoints: Uint8Array;
  readonly callbackCalls: Uint8Array;
  readonly iteratorNexts: Uint8Array;
}

/** How far an instruction was looked at: its way on, its branch, all. */
const MARK = { discovered: 0x10, fallthrough: 1, branch: 2, explored: 0x20 } as const;

interface Search {
  readonly code: Code;
  readonly behaviours: Behaviours;
  readonly marks: Uint8Array;
  readonly stack: number[];
  readonly flow: ControlFlow;
  readonly kfuncs: readonly (Kfunc | undefined)[];
}

/**
 * Goes through the graph of the instructions, depth first: check_cfg(), kernel/bpf/verifier.c. It finds what can not be
 * reached, and the points at which the walk compares states.
 *
 * @throws Rejection
 */
export function checkControlFlow(
  code: Code,
  behaviours: Behaviours,
  kfuncs: readonly (Kfunc | undefined)[],
): ControlFlow {
  const marks = (): Uint8Array => new Uint8Array(code.length);
  const flow: ControlFlow = {
    prunePoints: marks(),
    jumpPoints: marks(),
    checkpoints: marks(),
    callbackCalls: marks(),
    iteratorNexts: marks(),
  };
  const search: Search = { code, behaviours, marks: marks(), stack: [0], flow, kfuncs };
  search.marks[0] = MARK.discovered;
  while (search.stack.length > 0) {
    const insn = search.stack[search.stack.length - 1] ?? 0;
    if (visit(search, insn)) continue;
    search.marks[insn] = MARK.explored;
    search.stack.pop();
  }
  checkReached(search);
  return flow;
}

function checkReached({ code, behaviours, marks }: Search): void {
  for (let insn = 0; insn < code.length; insn++) {
    if (marks[insn] !== MARK.explored) reject(unreachable, { insn }, { insn });
    if (!behaviours.wideInstructionsWalkedWhole || code.opcode[insn] !== LD_IMM64) continue;
    if (marks[insn + 1] !== 0) reject(intoWideInstruction, { insn }, { insn });
    insn++;
  }
}

/** visit_insn(). @returns whether there is more to do before this instruction is done */
function visit(search: Search, insn: number): boolean {
  const { code, flow, behaviours } = search;
  const opcode = code.opcode[insn] ?? 0;
  const kind = opcode & 7;
  if (namesFunction(code, insn) && code.src[insn] === PSEUDO.func && opcode === LD_IMM64) {
    return visitCall(search, insn, true, true);
  }
  if (kind !== CLASS.jmp && kind !== CLASS.jmp32) {
    return push(search, insn, insn + slotsOf(search, insn), MARK.fallthrough, false);
  }
  switch (opcode & 0xf0) {
    case JUMP.exit:
      return false;
    case JUMP.call:
      if (behaviours.walksCallbacksAsLoops) markCall(search, insn);
      else if (code.imm[insn] === HELPER.timer_set_callback) flow.prunePoints[insn] = 1;
      return visitCall(search, insn, code.src[insn] === CALL.subprogram, false);
    case JUMP.ja: {
      const isLong = kind === CLASS.jmp32 && behaviours.longJumps;
      const target = insn + 1 + ((isLong ? code.imm[insn] : code.off[insn]) ?? 0);
      if (push(search, insn, target, MARK.fallthrough, true)) return true;
      markPoint(search, target);
      if (!behaviours.jumpPoints && insn + 1 < code.length) flow.prunePoints[insn + 1] = 1;
      return false;
    }
    default: {
      flow.prunePoints[insn] = 1;
      if (push(search, insn, insn + 1, MARK.fallthrough, true)) return true;
      return push(search, insn, insn + 1 + (code.off[insn] ?? 0), MARK.branch, true);
    }
  }
}

/** Calls at which loops go round: of helpers that call back, and for the next element of an iterator. */
function markCall({ code, flow, kfuncs }: Search, insn: number): void {
  const imm = code.imm[insn] ?? 0;
  if (code.src[insn] === CALL.helper) {
    if (!CALLBACK_HELPERS.has(imm)) return;
    flow.prunePoints[insn] = 1;
    if (imm === HELPER.timer_set_callback) return;
    flow.callbackCalls[insn] = 1;
    flow.checkpoints[insn] = 1;
    flow.jumpPoints[insn] = 1;
  } else if (code.src[insn] === CALL.kfunc && kfuncs[insn]?.flags.iterNext === true) {
    flow.prunePoints[insn] = 1;
    flow.checkpoints[insn] = 1;
    flow.iteratorNexts[insn] = 1;
  }
}

/** visit_func_call_insn(). */
function visitCall(search: Search, insn: number, visitsCallee: boolean, isAddress: boolean): boolean {
  const next = insn + slotsOf(search, insn);
  if (push(search, insn, next, MARK.fallthrough, false)) return true;
  if (next < search.code.length) markPoint(search, next);
  if (!visitsCallee) return false;
  search.flow.prunePoints[insn] = 1;
  return push(search, insn, insn + (search.code.imm[insn] ?? 0) + 1, MARK.branch, isAddress);
}

function markPoint({ flow }: Search, insn: number): void {
  flow.prunePoints[insn] = 1;
  flow.jumpPoints[insn] = 1;
}

/** push_insn(). @returns whether the target is to be looked at first */
function push(search: Search, from: number, to: number, edge: 1 | 2, loopAllowed: boolean): boolean {
  const { marks, stack, code } = search;
  if ((marks[from] ?? 0) >= (MARK.discovered | edge)) return false;
  if (to < 0 || to >= code.length) reject(jumpOutOfRange, { insn: from, target: to }, { insn: from });
  if (edge === MARK.branch) markPoint(search, to);
  const mark = marks[to] ?? 0;
  if (mark === 0) {
    marks[from] = MARK.discovered | edge;
    marks[to] = MARK.discovered;
    stack.push(to);
    return true;
  }
  if ((mark & 0xf0) === MARK.discovered) {
    if (!loopAllowed && !search.behaviours.allowsBackEdges) {
      reject(backEdge, { insn: from, target: to }, { insn: from });
    }
    return false;
  }
  marks[from] = MARK.discovered | edge;
  return false;
}

/** Until v6.1 the second slot of a wide instruction is one of its own here. */
function slotsOf({ code, behaviours }: Search, insn: number): number {
  return behaviours.wideInstructionsWalkedWhole && code.opcode[insn] === LD_IMM64 ? 2 : 1;
}
