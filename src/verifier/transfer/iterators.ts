import { acquire } from './acquire.ts';
import type { KfuncArgument } from './kfunc-arguments.ts';
import type { KfuncMeta } from './kfunc-trusted-arguments.ts';
import { accessMemory } from './memory.ts';
import { constantOffset } from './offsets.ts';
import { releaseById } from './release.ts';
import { stackFrame } from './stack-access.ts';
import { protectsRcu } from './trust.ts';
import { withoutNull } from './null-check.ts';
import { iteratorArgument } from '../rules/iterator/argument.rule.ts';
import { iteratorSection } from '../rules/iterator/section.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { isConstant, ZERO } from '../scalar/scalar.ts';
import { BYTE, byteKind, LIVE, setAllBytes, SLOT_BYTES, type Iterator, type StackSlot } from '../state/cell.ts';
import { registerOf, slotOf } from '../state/frame.ts';
import { FLAG, NOT_INIT, scalarRegister } from '../state/register.ts';
import { currentFrame, type State } from '../state/state.ts';
import { resolveSize } from '../types/resolve-size.ts';
import { markRead } from '../walk/liveness.ts';
import { previousEntry, sameCallSites, widen } from '../walk/loops.ts';
import { pushPending } from '../walk/pending.ts';
import { frameOf, recordPath, type Walk } from '../walk/walk.ts';

/**
 * The iterator that a kfunc makes, asks for its next element, or ends: process_iter_arg(), kernel/bpf/verifier.c.
 *
 * @returns where it lies
 * @throws Rejection
 */
export function useIterator(
  argument: KfuncArgument,
  meta: KfuncMeta,
): { readonly frame: number; readonly slot: number } {
  const { walk, kfunc, parameter, number, register } = argument;
  const refuse = (why: string): never =>
    reject(iteratorArgument, { argument: number, kfunc: kfunc.name, why }, { registers: [number] });
  if (kfunc.name === 'bpf_iter_css_task_new' && !mayIterateTasks(walk))
    refuse('goes through tasks, which this program may not');
  if (register.type !== 'stack') refuse('is not on the stack');
  const size = resolveSize(kfunc.btf.btf, parameter.pointee)?.size;
  if (size === undefined) throw new NotModelled('an iterator without a size');
  const count = size / SLOT_BYTES;
  if (!isConstant(register.scalar)) refuse('lies at a variable offset');
  const at = constantOffset(register);
  const slot = Math.trunc((-at - 1) / SLOT_BYTES);
  if (at % SLOT_BYTES !== 0 || slot + 1 < count) refuse('lies where no iterator fits');
  const where = { frame: register.frame, slot };
  const frame = stackFrame(walk, register);
  const isInUse = slot < frame.stack.length;
  const slots: StackSlot[] = [];
  for (let index = 0; index < count && isInUse; index++) slots.push(slotOf(frame, slot - index));
  if (kfunc.flags.iterNew) {
    if (slots.some(hasIteratorByte)) refuse('is an iterator already');
    makeIterator(argument, where, count);
    return where;
  }
  checkIterator(argument, slots, refuse);
  for (const each of slots) markRead(each, each.parent);
  meta.refId = slots[0]?.iterator?.refId ?? 0;
  if (kfunc.flags.iterDestroy) endIterator(walk, slots);
  return where;
}

/** BPF_TRACE_ITER. */
const TRACE_ITER = 28;

/** check_css_task_iter_allowlist(): it takes locks that interrupts take, too. */
function mayIterateTasks({ prepared }: Walk): boolean {
  const { progType, expectedAttachType, sleepable } = prepared.program;
  return progType === 'lsm' || (progType === 'tracing' && expectedAttachType === TRACE_ITER) || sleepable;
}

function hasIteratorByte(slot: StackSlot): boolean {
  for (let index = 0; index < SLOT_BYTES; index++) if (byteKind(slot, index) === BYTE.iterator) return true;
  return false;
}

/** mark_stack_slots_iter(). */
function makeIterator(
  { walk, kfunc, parameter, number, register }: KfuncArgument,
  { slot }: { readonly slot: number },
  count: number,
): void {
  for (let index = 0; index < count; index++) accessMemory(walk, number, index * SLOT_BYTES, 8, true, -1, false);
  const frame = stackFrame(walk, register);
  const id = acquire(walk, walk.insn);
  const flags = !kfunc.flags.rcuProtected ? 0 : protectsRcu(walk) ? FLAG.rcu : FLAG.untrusted;
  const iterator: Iterator = {
    btf: kfunc.btf,
    typeId: parameter.pointee,
    state: 'active',
    depth: 0,
    refId: 0,
    flags,
  };
  for (let index = 0; index < count; index++) {
    const each = slotOf(frame, slot - index);
    each.register = NOT_INIT;
    each.iterator = index === 0 ? { ...iterator, refId: id } : iterator;
    each.live |= LIVE.written;
    setAllBytes(each, BYTE.iterator);
  }
}

/** is_iter_reg_valid_init(). */
function checkIterator(
  { kfunc, parameter, number }: KfuncArgument,
  slots: readonly StackSlot[],
  refuse: (why: string) => never,
): void {
  if (slots.length === 0) refuse('is no iterator that was made');
  for (const [index, slot] of slots.entries()) {
    const { iterator } = slot;
    if (iterator === undefined) refuse('is no iterator that was made');
    if ((iterator.flags & FLAG.untrusted) !== 0) {
      reject(iteratorSection, { argument: number, kfunc: kfunc.name }, { registers: [number] });
    }
    const isFirst = index === 0;
    const isWhole = isFirst === (iterator.refId !== 0) && slotIsIterator(slot);
    if (!isWhole || iterator.btf !== kfunc.btf || iterator.typeId !== parameter.pointee) {
      refuse('is no iterator of that type');
    }
  }
}

function slotIsIterator(slot: StackSlot): boolean {
  for (let index = 0; index < SLOT_BYTES; index++) if (byteKind(slot, index) !== BYTE.iterator) return false;
  return true;
}

/** unmark_stack_slots_iter(). */
function endIterator(walk: Walk, slots: readonly StackSlot[]): void {
  for (const slot of slots) {
    const id = slot.iterator?.refId ?? 0;
    if (id !== 0) releaseById(walk, id);
    slot.register = NOT_INIT;
    slot.iterator = undefined;
    slot.live |= LIVE.written;
    setAllBytes(slot, BYTE.invalid);
  }
}

/**
 * The next element: the path goes on as if there was none, and another is walked later on which there is one.
 * process_iter_next_call().
 */
export function nextElement(walk: Walk, where: { readonly frame: number; readonly slot: number }): void {
  const { state, insn } = walk;
  const iterator = iteratorIn(state, where);
  if (iterator?.state === 'active') {
    const { parent } = state;
    if (parent === undefined || parent.insn !== insn || !sameCallSites(parent, state)) {
      throw new NotModelled('an iterator whose state was not stored');
    }
    const previous = previousEntry(walk, parent, insn);
    const other = pushPending(walk, insn + 1, insn);
    setIterator(other, where, { ...iterator, state: 'active', depth: iterator.depth + 1 });
    if (previous !== undefined) widen(walk, previous, other);
    const cell = registerOf(currentFrame(other), 0);
    cell.register = withoutNull(cell.register);
    recordPath(state, insn, insn + 1, 'not-taken');
    recordPath(other, insn, insn + 1, 'taken');
  }
  if (iterator !== undefined) setIterator(state, where, { ...iterator, state: 'drained' });
  registerOf(frameOf(walk), 0).register = scalarRegister(ZERO);
}

/** The iterator at a place. */
export function iteratorIn(
  state: State,
  { frame, slot }: { readonly frame: number; readonly slot: number },
): Iterator | undefined {
  return state.frames[frame]?.stack[slot]?.iterator;
}

function setIterator(
  state: State,
  { frame, slot }: { readonly frame: number; readonly slot: number },
  iterator: Iterator,
): void {
  const found = state.frames[frame]?.stack[slot];
  if (found !== undefined) found.iterator = iterator;
}
