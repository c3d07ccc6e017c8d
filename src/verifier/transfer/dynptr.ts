import { constantOffset } from './offsets.ts';
import { stackFrame } from './stack-access.ts';
import { releaseById } from './release.ts';
import { isConstant } from '../scalar/scalar.ts';
import { BYTE, byteKind, SLOT_BYTES, setAllBytes, type Dynptr, type StackSlot } from '../state/cell.ts';
import type { Register } from '../state/register.ts';
import { acquire } from './acquire.ts';
import { NotModelled } from '../rules/rule.ts';
import type { Walk } from '../walk/walk.ts';

/** The two slots of a dynamic pointer, the upper one (with the lower index) last; undefined: not both in use. */
function slotsOf(walk: Walk, pointer: Register): readonly [first: StackSlot, second: StackSlot] | undefined {
  if (!isConstant(pointer.scalar)) throw new NotModelled('a dynamic pointer at a variable offset');
  const index = Math.floor((-constantOffset(pointer) - 1) / SLOT_BYTES);
  const { stack } = stackFrame(walk, pointer);
  const first = stack[index];
  const second = stack[index - 1];
  return first === undefined || second === undefined ? undefined : [first, second];
}

/** is_dynptr_reg_valid_uninit(): no dynamic pointer lies there. */
export function isNoDynptr(walk: Walk, pointer: Register): boolean {
  const slots = slotsOf(walk, pointer);
  return slots === undefined || !slots.some((slot) => hasByte(slot, BYTE.dynptr));
}

/** is_dynptr_reg_valid_init(): one lies there, and begins there. */
export function dynptrAt(walk: Walk, pointer: Register): Dynptr | undefined {
  const slots = slotsOf(walk, pointer);
  const dynptr = slots?.[0].dynptr;
  if (slots === undefined || dynptr?.isFirst !== true) return undefined;
  return slots.every(isDynptr) ? dynptr : undefined;
}

/** mark_stack_slots_dynptr(). @returns false if the slots are not on the stack */
export function makeDynptr(walk: Walk, pointer: Register, type: Dynptr['type'], insn: number): boolean {
  const slots = slotsOf(walk, pointer);
  if (slots === undefined) return false;
  const id = type === 'ringbuf' ? acquire(walk, insn) : 0;
  for (const slot of slots) {
    setAllBytes(slot, BYTE.dynptr);
    slot.dynptr = { type, id, isFirst: slot === slots[0] };
  }
  return true;
}

/** unmark_stack_slots_dynptr(). @returns false if its reference is not held */
export function endDynptr(walk: Walk, pointer: Register): boolean {
  const slots = slotsOf(walk, pointer);
  if (slots === undefined) return false;
  const id = slots[0].dynptr?.id ?? 0;
  for (const slot of slots) {
    setAllBytes(slot, BYTE.invalid);
    slot.dynptr = undefined;
  }
  return id === 0 || releaseById(walk, id);
}

/** stack_slot_get_id(): the reference of the dynamic pointer at an address. */
export function dynptrReference(walk: Walk, pointer: Register): number {
  return slotsOf(walk, pointer)?.[0].dynptr?.id ?? 0;
}

function isDynptr(slot: StackSlot): boolean {
  for (let index = 0; index < SLOT_BYTES; index++) if (byteKind(slot, index) !== BYTE.dynptr) return false;
  return true;
}

function hasByte(slot: StackSlot, kind: number): boolean {
  for (let index = 0; index < SLOT_BYTES; index++) if (byteKind(slot, index) === kind) return true;
  return false;
}
