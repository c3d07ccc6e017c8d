import { ALU, ATOMIC, CALL, CLASS, JUMP, MODE, SOURCE_REGISTER } from '../../program/encoding.ts';
import { CALLBACK_HELPERS } from '../kernel/helper-ids.ts';
import { FRAME_POINTER } from '../state/frame.ts';
import type { Prepared } from './walk.ts';

/** Registers (a bit each) and stack slots (two words of a bit each) whose precision is wanted. */
export interface Wanted {
  registers: number;
  slotsLow: number;
  slotsHigh: number;
}

export function wantsNothing(wanted: Wanted): boolean {
  return wanted.registers === 0 && wanted.slotsLow === 0 && wanted.slotsHigh === 0;
}

export function wantsSlot(wanted: Wanted, slot: number): boolean {
  return slot < 32 ? ((wanted.slotsLow >>> slot) & 1) === 1 : ((wanted.slotsHigh >>> (slot - 32)) & 1) === 1;
}

function addSlot(wanted: Wanted, slot: number): void {
  if (slot < 32) wanted.slotsLow |= 1 << slot;
  else wanted.slotsHigh |= 1 << (slot - 32);
}

export function dropSlot(wanted: Wanted, slot: number): void {
  if (slot < 32) wanted.slotsLow &= ~(1 << slot);
  else wanted.slotsHigh &= ~(1 << (slot - 32));
}

/**
 * What has to be precise before an instruction, for what is wanted after it: backtrack_insn(), kernel/bpf/verifier.c.
 *
 * @param wanted changed in place
 * @returns 'all' if this can't be told, and all scalars have to be precise; 'broken' where the kernel finds a defect of
 *   its own and gives up (-EFAULT)
 */
export function backtrack(prepared: Prepared, insn: number, wanted: Wanted): 'done' | 'all' | 'broken' {
  const { code, behaviours } = prepared;
  const opcode = code.opcode[insn] ?? 0;
  if (opcode === 0) return 'done';
  const dst = 1 << (code.dst[insn] ?? 0);
  const src = 1 << (code.src[insn] ?? 0);
  switch (opcode & 7) {
    case CLASS.alu:
    case CLASS.alu64:
      backtrackAlu(opcode, dst, src, wanted, behaviours.comparesPrecisely);
      return 'done';
    case CLASS.ldx:
      return backtrackLoad(prepared, insn, dst, code.src[insn] ?? 0, wanted);
    case CLASS.stx:
      if (behaviours.comparesPrecisely && isAtomicFetch(prepared, insn)) {
        const loaded = code.imm[insn] === ATOMIC.cmpxchg ? 1 : src;
        return backtrackLoad(prepared, insn, loaded, code.dst[insn] ?? 0, wanted);
      }
      return backtrackStore(prepared, insn, dst, src, wanted);
    case CLASS.st:
      return backtrackStore(prepared, insn, dst, 0, wanted);
    case CLASS.jmp:
    case CLASS.jmp32:
      return backtrackJump(prepared, insn, opcode, dst, src, wanted);
    default:
      return backtrackWideLoad(opcode, dst, wanted);
  }
}

function backtrackAlu(opcode: number, dst: number, src: number, wanted: Wanted, negationKnown: boolean): void {
  if ((wanted.registers & dst) === 0) return;
  const operation = opcode & 0xf0;
  if (negationKnown && (operation === ALU.end || operation === ALU.neg)) return;
  const isRegister = (opcode & SOURCE_REGISTER) !== 0;
  if (operation === ALU.mov) wanted.registers &= ~dst;
  if (isRegister) wanted.registers |= src;
}

function backtrackLoad(
  prepared: Prepared,
  insn: number,
  loaded: number,
  base: number,
  wanted: Wanted,
): 'done' | 'broken' {
  if ((wanted.registers & loaded) === 0) return 'done';
  wanted.registers &= ~loaded;
  // Only the stack keeps scalars as they are; and it is only seen through R10.
  if (base !== FRAME_POINTER) return 'done';
  const slot = slotIndex(prepared.code.off[insn] ?? 0);
  if (slot < 0 || slot >= 64) return 'broken';
  addSlot(wanted, slot);
  return 'done';
}

function backtrackStore(
  prepared: Prepared,
  insn: number,
  dst: number,
  src: number,
  wanted: Wanted,
): 'done' | 'all' | 'broken' {
  // A scalar is no address: a pointer was subtracted from a pointer.
  if ((wanted.registers & dst) !== 0) return 'all';
  if (dst !== 1 << FRAME_POINTER) return 'done';
  const slot = slotIndex(prepared.code.off[insn] ?? 0);
  if (slot < 0 || slot >= 64) return 'broken';
  if (!wantsSlot(wanted, slot)) return 'done';
  dropSlot(wanted, slot);
  wanted.registers |= src;
  return 'done';
}

function backtrackJump(
  prepared: Prepared,
  insn: number,
  opcode: number,
  dst: number,
  src: number,
  wanted: Wanted,
): 'done' | 'all' | 'broken' {
  const { code, behaviours } = prepared;
  const operation = opcode & 0xf0;
  if (operation === JUMP.exit) return 'all';
  if (operation === JUMP.call) {
    const kind = code.src[insn] ?? 0;
    if (kind === CALL.subprogram) return 'all';
    if (behaviours.comparesPrecisely) {
      if (kind === CALL.kfunc && prepared.kfuncs[insn] === undefined) return 'all';
      if (kind === CALL.helper && CALLBACK_HELPERS.has(code.imm[insn] ?? 0)) return 'all';
    }
    wanted.registers &= ~1;
    return (wanted.registers & 0x3f) === 0 ? 'done' : 'broken';
  }
  if (behaviours.comparesPrecisely && (opcode & SOURCE_REGISTER) !== 0 && (wanted.registers & (dst | src)) !== 0) {
    wanted.registers |= dst | src;
  }
  return 'done';
}

function backtrackWideLoad(opcode: number, dst: number, wanted: Wanted): 'done' | 'all' {
  if ((wanted.registers & dst) === 0) return 'done';
  wanted.registers &= ~dst;
  const mode = opcode & 0xe0;
  return mode === MODE.ind || mode === MODE.abs ? 'all' : 'done';
}

function isAtomicFetch({ code }: Prepared, insn: number): boolean {
  return ((code.opcode[insn] ?? 0) & 0xe0) === MODE.atomic && ((code.imm[insn] ?? 0) & ATOMIC.fetch) !== 0;
}

/** The slot in which the byte at an offset from the frame pointer lies. */
function slotIndex(offset: number): number {
  return Math.trunc((-offset - 1) / 8);
}
