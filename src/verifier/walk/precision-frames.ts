import {
  addFrameSlot,
  addRegister,
  backtrackFrames,
  dropFrameSlot,
  dropRegister,
  isEmpty,
  wantsFrameSlot,
  wantsRegister,
} from './backtrack-frames.ts';
import { ENTRY } from './history.ts';
import type { FrameWishes, Walk } from './walk.ts';
import { verifierGivesUp } from '../rules/limit/backtracking.rule.ts';
import { reject } from '../rules/rule.ts';
import { isSpilled, LIVE, type Cell } from '../state/cell.ts';
import { FRAME_POINTER, registerOf, slotOf } from '../state/frame.ts';
import { currentFrame, type State } from '../state/state.ts';

/**
 * The value of a scalar register was relied on: mark_chain_precision(), kernel/bpf/verifier.c, since it goes through all
 * frames.
 *
 * @throws Rejection where the kernel finds a defect of its own
 */
export function markPreciseInFrames(walk: Walk, register: number): void {
  const frame = currentFrame(walk.state);
  if (registerOf(frame, register).register.type !== 'scalar') reject(verifierGivesUp, {});
  const depth = walk.state.frames.length - 1;
  addRegister(walk.wanted, depth, 1 << register);
  search(walk);
}

/** propagate_precision(): what had to be precise in an equal state has to be in those before the current one. */
export function propagatePrecisionInFrames(walk: Walk, equal: State): void {
  const { wanted } = walk;
  for (const [depth, frame] of equal.frames.entries()) {
    for (let number = 0; number < FRAME_POINTER; number++) {
      if (isRelied(registerOf(frame, number))) addRegister(wanted, depth, 1 << number);
    }
    for (const [index, slot] of frame.stack.entries()) {
      if (isSpilled(slot) && isRelied(slot)) addFrameSlot(wanted, depth, index);
    }
  }
  search(walk);
}

function isRelied({ register, live }: Cell): boolean {
  return register.type === 'scalar' && register.precise && (live & LIVE.read) !== 0;
}

/** __mark_chain_precision(). */
function search(walk: Walk): void {
  const { wanted } = walk;
  wanted.frame = walk.state.frames.length - 1;
  if (isEmpty(wanted)) return;
  const outcome = searchBack(walk);
  wanted.registers.fill(0);
  wanted.slots.fill(0);
  if (outcome === 'broken') reject(verifierGivesUp, {});
  if (outcome === 'all') markAllPrecise(walk.state.parent);
}

function searchBack(walk: Walk): 'done' | 'all' | 'broken' {
  const { wanted } = walk;
  let { state } = walk;
  let first = state.firstInsn;
  let last = walk.insn;
  let after = -1;
  let skip = true;
  for (;;) {
    if (last < 0) return markArguments(state, wanted) ? 'done' : 'broken';
    let end = state.historyEnd;
    for (let insn = last; ;) {
      if (skip) {
        skip = false;
      } else {
        const entry = end > state.historyStart && walk.history[end - ENTRY] === insn ? end - ENTRY : -1;
        const outcome = backtrackFrames(walk, insn, after, entry);
        if (outcome !== 'done') return outcome;
      }
      if (isEmpty(wanted)) return 'done';
      after = insn;
      const count = end - state.historyStart;
      if (insn === state.firstInsn) {
        if (count === 0 || (count === ENTRY && walk.history[state.historyStart] === insn)) break;
      }
      if (count > 0 && walk.history[end - ENTRY] === insn) {
        insn = walk.history[end - ENTRY + 1] ?? 0;
        end -= ENTRY;
      } else {
        insn -= 1;
      }
      if (insn < 0 || insn >= walk.prepared.code.length) return 'broken';
    }
    const { parent } = state;
    if (parent === undefined) return 'all';
    if (!markParent(parent, wanted)) return 'broken';
    if (isEmpty(wanted)) return 'done';
    after = first;
    last = parent.lastInsn;
    first = parent.firstInsn;
    state = parent;
  }
}

/** @returns false for a slot that is not in use */
function markParent(parent: State, wanted: FrameWishes): boolean {
  for (let depth = wanted.frame; depth >= 0; depth--) {
    const frame = parent.frames[depth];
    if (frame === undefined) {
      if ((wanted.registers[depth] ?? 0) !== 0) return false;
      continue;
    }
    for (let number = 0; number < 11; number++) {
      if (!wantsRegister(wanted, depth, 1 << number)) continue;
      if (!makePrecise(registerOf(frame, number))) dropRegister(wanted, depth, 1 << number);
    }
    if (wanted.slots[depth * 2] === 0 && wanted.slots[depth * 2 + 1] === 0) continue;
    for (let index = 0; index < 64; index++) {
      if (!wantsFrameSlot(wanted, depth, index)) continue;
      if (index >= frame.stack.length) return false;
      const slot = slotOf(frame, index);
      if (!isSpilled(slot) || !makePrecise(slot)) dropFrameSlot(wanted, depth, index);
    }
  }
  return true;
}

/** @returns false if it is no scalar, or was precise before: the search ends there */
function makePrecise(cell: Cell): boolean {
  if (cell.register.type !== 'scalar' || cell.register.precise) return false;
  cell.register = { ...cell.register, precise: true };
  return true;
}

/** The beginning of a global function, of whose arguments the caller knows as much. */
function markArguments(state: State, wanted: FrameWishes): boolean {
  const frame = state.frames[0];
  const isEntry = state.frames.length === 1 && frame !== undefined && frame.subprogram > 0 && frame.callSite === -1;
  if (!isEntry || wantsRegister(wanted, 0, ~0x3e) || wanted.slots[0] !== 0 || wanted.slots[1] !== 0) return false;
  for (let number = 1; number <= 5; number++) {
    if (wantsRegister(wanted, 0, 1 << number)) makePrecise(registerOf(frame, number));
  }
  return true;
}

/** mark_all_scalars_precise(). */
function markAllPrecise(start: State | undefined): void {
  for (let state = start; state !== undefined; state = state.parent) {
    for (const frame of state.frames) {
      for (let number = 0; number < FRAME_POINTER; number++) makePrecise(registerOf(frame, number));
      for (const slot of frame.stack) if (isSpilled(slot)) makePrecise(slot);
    }
  }
}
