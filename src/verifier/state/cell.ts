import type { KernelBtf } from '../kernel/kernel.ts';
import { NOT_INIT, type Register } from './register.ts';

/** Liveness of a cell: enum bpf_reg_liveness. */
export const LIVE = {
  /** The state depends on it: what followed read it. */
  read: 1,
  /** It was written since the state began, so reads do not reach its parent. */
  written: 2,
  /** All that follows has been walked. */
  done: 4,
} as const;

/** A place for a register in a state, and what is known of its use by what follows. */
export interface Cell {
  register: Register;
  /** Bits of LIVE. */
  live: number;
  /** The same place in the state before, which reads are told to. */
  parent: Cell | undefined;
}

/** Eight bytes of the stack. */
export interface StackSlot extends Cell {
  /** The kinds of its bytes, four bits each, lowest address in the highest bits: see byteKind(). */
  bytes: number;
  /** Of dynamic pointers. */
  dynptr: Dynptr | undefined;
  /** Of open-coded iterators. */
  iterator: Iterator | undefined;
}

/** An open-coded iterator takes as many slots as its struct is large. */
export interface Iterator {
  readonly btf: KernelBtf;
  /** Its struct, `bpf_iter_num` for one. */
  readonly typeId: number;
  readonly state: 'active' | 'drained';
  /** How often the loop has come by. */
  readonly depth: number;
  /** The reference that it holds; 0 in all slots but the first. */
  readonly refId: number;
  /** FLAG bits: rcu, untrusted. */
  readonly flags: number;
}

/** A dynamic pointer takes two slots: struct bpf_dynptr_kern. */
export interface Dynptr {
  readonly type: 'local' | 'ringbuf';
  readonly isFirst: boolean;
  /** The reference that it holds; 0: none. */
  readonly id: number;
}

/** What a byte of the stack is: enum bpf_stack_slot_type. */
export const BYTE = { invalid: 0, spill: 1, misc: 2, zero: 3, dynptr: 4, iterator: 5 } as const;
export type ByteKind = (typeof BYTE)[keyof typeof BYTE];

export const SLOT_BYTES = 8;

export function createCell(register: Register): Cell {
  return { register, live: 0, parent: undefined };
}

export function createSlot(): StackSlot {
  return { register: NOT_INIT, live: 0, parent: undefined, bytes: 0, dynptr: undefined, iterator: undefined };
}

export function copyCell(cell: Cell): Cell {
  return { register: cell.register, live: cell.live, parent: cell.parent };
}

export function copySlot(slot: StackSlot): StackSlot {
  return {
    register: slot.register,
    live: slot.live,
    parent: slot.parent,
    bytes: slot.bytes,
    dynptr: slot.dynptr,
    iterator: slot.iterator,
  };
}

/**
 * The kind of a byte as slot_type[] numbers it: index 0 is the highest address of the eight, since the stack grows
 * downwards.
 */
export function byteKind(slot: StackSlot, index: number): number {
  return (slot.bytes >>> (index * 4)) & 15;
}

export function setByteKind(slot: StackSlot, index: number, kind: ByteKind): void {
  const shift = index * 4;
  slot.bytes = (slot.bytes & ~(15 << shift)) | (kind << shift);
}

/** All eight bytes of one kind. */
export function setAllBytes(slot: StackSlot, kind: ByteKind): void {
  slot.bytes = Math.imul(kind, 0x11111111);
}

/** is_spilled_reg(): a register lies here, whole or its lower part. */
export function isSpilled(slot: StackSlot): boolean {
  return byteKind(slot, SLOT_BYTES - 1) === BYTE.spill;
}

/** A whole register lies here: what bpf_get_spilled_reg() finds. */
export function isSpilledWhole(slot: StackSlot): boolean {
  return byteKind(slot, 0) === BYTE.spill;
}

/** scrub_spilled_slot() over all bytes: what was something becomes data. */
export function scrubSlot(slot: StackSlot): void {
  for (let index = 0; index < SLOT_BYTES; index++) scrubByte(slot, index);
}

export function scrubByte(slot: StackSlot, index: number): void {
  if (byteKind(slot, index) !== BYTE.invalid) setByteKind(slot, index, BYTE.misc);
}
