import { backtrack, dropSlot, wantsNothing, wantsSlot, type Wanted } from './backtrack.ts';
import { markPreciseInFrames } from './precision-frames.ts';
import type { Prepared, Walk } from './walk.ts';
import { verifierGivesUp } from '../rules/limit/backtracking.rule.ts';
import { reject } from '../rules/rule.ts';
import { isSpilled, type Cell } from '../state/cell.ts';
import { FRAME_POINTER, registerOf, slotOf } from '../state/frame.ts';
import { currentFrame, type MarkedChain, type State } from '../state/state.ts';

/**
 * The value of a scalar register was relied on: it, and all that it was computed from, has to be compared when states
 * are. mark_chain_precision(), kernel/bpf/verifier.c.
 *
 * @throws Rejection where the kernel finds a defect of its own
 */
export function markPrecise(walk: Walk, register: number, depth = walk.state.frames.length - 1): void {
  const { state } = walk;
  if (walk.prepared.behaviours.historyOfInstructions) {
    markPreciseInFrames(walk, register);
    return;
  }
  const frame = state.frames[depth] ?? currentFrame(state);
  const cell = registerOf(frame, register);
  if (walk.prepared.behaviours.forgetsPrecision) {
    if (cell.register.type === 'scalar')
      markChain(walk, { registers: 1 << register, slotsLow: 0, slotsHigh: 0 }, depth);
    return;
  }
  if (setPrecise(cell)) markChain(walk, { registers: 1 << register, slotsLow: 0, slotsHigh: 0 }, depth);
}

/** The same for a scalar on the stack. */
export function markSlotPrecise(walk: Walk, index: number, depth = walk.state.frames.length - 1): void {
  const { state } = walk;
  const frame = state.frames[depth] ?? currentFrame(state);
  const slot = frame.stack[index];
  if (slot === undefined || !isSpilled(slot) || slot.register.type !== 'scalar') return;
  const isNew = walk.prepared.behaviours.forgetsPrecision || setPrecise(slot);
  if (!isNew) return;
  const wanted: Wanted = {
    registers: 0,
    slotsLow: index < 32 ? 1 << index : 0,
    slotsHigh: index < 32 ? 0 : 1 << (index - 32),
  };
  markChain(walk, wanted, depth);
}

/** @returns whether it was not precise before */
function setPrecise(cell: Cell): boolean {
  if (cell.register.type !== 'scalar' || cell.register.precise) return false;
  cell.register = { ...cell.register, precise: true };
  return true;
}

/** The rest of __mark_chain_precision(): back through this state and the stored ones that it comes from. */
function markChain(walk: Walk, wanted: Wanted, depth: number): void {
  const { prepared } = walk;
  const newKernel = prepared.behaviours.forgetsPrecision;
  let state = walk.state;
  let last = walk.insn;
  let isFirst = true;
  const begin: MarkedChain = { insn: last, history: state.history, depth, ...wanted };
  for (;;) {
    if (newKernel && last < 0) {
      if (!markArguments(state, wanted)) reject(verifierGivesUp, {});
      return;
    }
    const known = isFirst && state.marked?.depth === depth ? state.marked : undefined;
    const outcome = backtrackState(prepared, state, last, wanted, isFirst, known);
    // Only what ended well is worth knowing; a loop asks for the same again and again.
    if (isFirst && (outcome === 'found' || outcome === 'begin')) state.marked = begin;
    isFirst = false;
    if (outcome === 'found') return;
    if (outcome === 'all') {
      markAllPrecise(newKernel ? state.parent : state);
      return;
    }
    if (outcome === 'broken') reject(verifierGivesUp, {});
    const { parent } = state;
    if (parent === undefined) return;
    const marked = markParent(parent, wanted, prepared.behaviours.precisionOfFrames ? depth : parent.frames.length - 1);
    if (marked === 'all') {
      markAllPrecise(newKernel ? parent.parent : parent);
      return;
    }
    if (wantsNothing(wanted) || marked === 'known') return;
    state = parent;
    last = parent.lastInsn;
  }
}

/** The instructions of one state, last first. */
function backtrackState(
  prepared: Prepared,
  state: State,
  last: number,
  wanted: Wanted,
  skipFirst: boolean,
  known: MarkedChain | undefined,
): 'found' | 'begin' | 'all' | 'broken' {
  const { loopsWithinState } = prepared.behaviours;
  let insn = last;
  let { history } = state;
  let skip = skipFirst;
  for (;;) {
    if (skip) {
      skip = false;
    } else {
      const outcome = backtrack(prepared, insn, wanted);
      if (outcome !== 'done') return outcome;
    }
    if (wantsNothing(wanted) || (known !== undefined && isMarked(known, insn, history, wanted))) return 'found';
    if (insn === state.firstInsn) {
      // From v6.1 on a state may begin where a loop in it comes by again: only without history left is it the beginning.
      if (!loopsWithinState || history === undefined || (history.before === undefined && history.insn === insn))
        return 'begin';
    }
    if (history?.insn === insn) {
      insn = history.previousInsn;
      history = history.before;
    } else {
      insn -= 1;
    }
    if (insn < 0 || insn >= prepared.code.length) return 'broken';
  }
}

/** Whether nothing more is wanted at a place than was before. */
function isMarked(known: MarkedChain, insn: number, history: MarkedChain['history'], wanted: Wanted): boolean {
  return (
    known.insn === insn &&
    known.history === history &&
    (wanted.registers & ~known.registers) === 0 &&
    (wanted.slotsLow & ~known.slotsLow) === 0 &&
    (wanted.slotsHigh & ~known.slotsHigh) === 0
  );
}

/** @returns 'new' if something became precise, 'known' if all was, 'all' if a slot is not in use there */
function markParent(parent: State, wanted: Wanted, depth: number): 'new' | 'known' | 'all' {
  const frame = parent.frames[depth] ?? currentFrame(parent);
  let isNew = false;
  for (let number = 0; number < 11; number++) {
    if ((wanted.registers & (1 << number)) === 0) continue;
    const cell = registerOf(frame, number);
    if (cell.register.type !== 'scalar') wanted.registers &= ~(1 << number);
    else if (setPrecise(cell)) isNew = true;
  }
  for (let index = 0; index < 64; index++) {
    if (!wantsSlot(wanted, index)) continue;
    if (index >= frame.stack.length) return 'all';
    const slot = slotOf(frame, index);
    if (!isSpilled(slot) || slot.register.type !== 'scalar') dropSlot(wanted, index);
    else if (setPrecise(slot)) isNew = true;
  }
  return isNew ? 'new' : 'known';
}

/** The beginning of a global function, of whose arguments the caller knows as much. */
function markArguments(state: State, wanted: Wanted): boolean {
  const frame = state.frames[0];
  const isEntry = state.frames.length === 1 && frame !== undefined && frame.subprogram > 0 && frame.callSite === -1;
  if (!isEntry || wanted.slotsLow !== 0 || wanted.slotsHigh !== 0 || (wanted.registers & ~0x3e) !== 0) return false;
  for (let number = 1; number <= 5; number++) {
    if ((wanted.registers & (1 << number)) !== 0) setPrecise(registerOf(frame, number));
  }
  return true;
}

/** mark_all_scalars_precise(): in a state and all it comes from. */
function markAllPrecise(start: State | undefined): void {
  for (let state = start; state !== undefined; state = state.parent) eachScalar(state, (cell) => setPrecise(cell));
}

/** mark_all_scalars_imprecise(): in one state. */
export function forgetPrecision(state: State): void {
  eachScalar(state, (cell) => {
    if (cell.register.precise) cell.register = { ...cell.register, precise: false };
  });
}

function eachScalar(state: State, visit: (cell: Cell) => void): void {
  for (const frame of state.frames) {
    for (let number = 0; number < FRAME_POINTER; number++) {
      const cell = registerOf(frame, number);
      if (cell.register.type === 'scalar') visit(cell);
    }
    for (const slot of frame.stack) if (isSpilled(slot) && slot.register.type === 'scalar') visit(slot);
  }
}
