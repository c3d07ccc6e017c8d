import { copyCell, copySlot, createCell, createSlot, SLOT_BYTES, type Cell, type StackSlot } from './cell.ts';
import type { Reference } from './references.ts';
import { NOT_INIT, pointer } from './register.ts';

export const FRAME_POINTER = 10;
/** R0 to R10. */
export const REGISTERS = 11;
/** What a call leaves unreadable: R0 to R5. */
export const CALLER_SAVED = 6;
/** MAX_BPF_STACK. */
export const STACK_BYTES = 512;

/** The call site of a frame that nothing called: BPF_MAIN_FUNC. */
export const NO_CALL_SITE = -1;

/** One function that is being executed: struct bpf_func_state. */
export interface Frame {
  /** R0 to R10. */
  registers: Cell[];
  /** The slots that are in use, the one at the frame pointer first. */
  stack: StackSlot[];
  /** The slot of the call. */
  readonly callSite: number;
  /** How deep it is, from 0. */
  readonly depth: number;
  readonly subprogram: number;
  /** References held, in the order acquired. Replaced, never changed. */
  references: readonly Reference[];
  /** Called by a helper. */
  inCallback: boolean;
  /** Called later, by a timer. */
  inAsyncCallback: boolean;
  asyncEntries: number;
  /** How often a callback that it asked for was walked. */
  callbackDepth: number;
}

/** init_func_state(): nothing is known but the frame pointer. */
export function createFrame(callSite: number, depth: number, subprogram: number): Frame {
  const registers: Cell[] = [];
  for (let number = 0; number < FRAME_POINTER; number++) registers.push(createCell(NOT_INIT));
  registers.push(createCell(pointer('stack', { frame: depth })));
  return {
    registers,
    stack: [],
    callSite,
    depth,
    subprogram,
    references: [],
    inCallback: false,
    inAsyncCallback: false,
    asyncEntries: 0,
    callbackDepth: 0,
  };
}

/** copy_func_state(). */
export function copyFrame(frame: Frame): Frame {
  return {
    registers: frame.registers.map(copyCell),
    stack: frame.stack.map(copySlot),
    callSite: frame.callSite,
    depth: frame.depth,
    subprogram: frame.subprogram,
    references: frame.references,
    inCallback: frame.inCallback,
    inAsyncCallback: frame.inAsyncCallback,
    asyncEntries: frame.asyncEntries,
    callbackDepth: frame.callbackDepth,
  };
}

/** Bytes of the stack that are in use. */
export function stackBytes(frame: Frame): number {
  return frame.stack.length * SLOT_BYTES;
}

/** grow_stack_state(): at least so many bytes, rounded up to whole slots. */
export function growStack(frame: Frame, bytes: number): void {
  while (frame.stack.length * SLOT_BYTES < bytes) frame.stack.push(createSlot());
}

/** A register's cell. */
export function registerOf(frame: Frame, number: number): Cell {
  return frame.registers[number] as Cell;
}

/** A stack slot that is known to be in use. */
export function slotOf(frame: Frame, index: number): StackSlot {
  return frame.stack[index] as StackSlot;
}
