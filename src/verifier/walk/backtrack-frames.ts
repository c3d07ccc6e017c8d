import { ALU, ATOMIC, CALL, CALL_OPCODE, CLASS, JUMP, MODE, SOURCE_REGISTER } from '../../program/encoding.ts';
import { FRAME_POINTER } from '../state/frame.ts';
import { DID } from './history.ts';
import type { FrameWishes, Walk } from './walk.ts';

/** R1 to R5. */
const ARGUMENTS = 0x3e;

export function wantsRegister(wanted: FrameWishes, frame: number, bit: number): boolean {
  return ((wanted.registers[frame] ?? 0) & bit) !== 0;
}

export function addRegister(wanted: FrameWishes, frame: number, bit: number): void {
  wanted.registers[frame] = (wanted.registers[frame] ?? 0) | bit;
}

export function dropRegister(wanted: FrameWishes, frame: number, bit: number): void {
  wanted.registers[frame] = (wanted.registers[frame] ?? 0) & ~bit;
}

export function wantsFrameSlot(wanted: FrameWishes, frame: number, slot: number): boolean {
  return (((wanted.slots[frame * 2 + (slot >> 5)] ?? 0) >>> (slot & 31)) & 1) === 1;
}

export function addFrameSlot(wanted: FrameWishes, frame: number, slot: number): void {
  const at = frame * 2 + (slot >> 5);
  wanted.slots[at] = (wanted.slots[at] ?? 0) | (1 << (slot & 31));
}

export function dropFrameSlot(wanted: FrameWishes, frame: number, slot: number): void {
  const at = frame * 2 + (slot >> 5);
  wanted.slots[at] = (wanted.slots[at] ?? 0) & ~(1 << (slot & 31));
}

function wantsSlots(wanted: FrameWishes, frame: number): boolean {
  return (wanted.slots[frame * 2] ?? 0) !== 0 || (wanted.slots[frame * 2 + 1] ?? 0) !== 0;
}

/** bt_empty(). */
export function isEmpty(wanted: FrameWishes): boolean {
  for (let frame = 0; frame <= wanted.frame; frame++) {
    if ((wanted.registers[frame] ?? 0) !== 0 || wantsSlots(wanted, frame)) return false;
  }
  return true;
}

/**
 * What has to be precise before an instruction, for what is wanted after it, in all frames: backtrack_insn(),
 * kernel/bpf/verifier.c, since it looks into functions that were called and returned.
 *
 * @param after the slot that followed; -1: none did
 * @param entry where the instruction's history is; -1: nowhere
 * @returns 'all' if this can't be told, and all scalars have to be precise; 'broken' where the kernel gives up (-EFAULT)
 */
export function backtrackFrames(walk: Walk, insn: number, after: number, entry: number): 'done' | 'all' | 'broken' {
  const { wanted, prepared } = walk;
  const opcode = prepared.code.opcode[insn] ?? 0;
  if (opcode === 0) return 'done';
  const linked = entry < 0 ? 0 : (walk.history[entry + 3] ?? 0);
  const flags = entry < 0 ? 0 : (walk.history[entry + 2] ?? 0);
  if (linked !== 0) wantLinked(walk, linked);
  const outcome = through(walk, insn, opcode, after, flags, wanted);
  if (outcome !== 'next') return outcome;
  if (linked !== 0) wantLinked(walk, linked);
  return 'done';
}

/** bt_sync_linked_regs(): if one of what is linked is wanted, all are. */
function wantLinked(walk: Walk, linked: number): void {
  const { wanted } = walk;
  const all = walk.linked[linked - 1] ?? [];
  const isWanted = all.some((each) =>
    isLinkedRegister(each)
      ? wantsRegister(wanted, each >> 8, 1 << (each & 63))
      : wantsFrameSlot(wanted, each >> 8, each & 63),
  );
  if (!isWanted) return;
  for (const each of all) {
    if (isLinkedRegister(each)) addRegister(wanted, each >> 8, 1 << (each & 63));
    else addFrameSlot(wanted, each >> 8, each & 63);
  }
}

/** Linked scalars as numbers: the frame, whether it is a register, and the number of the register or slot. */
export function linkedPlace(frame: number, isRegister: boolean, number: number): number {
  return (frame << 8) | (isRegister ? 64 : 0) | number;
}

export function isLinkedRegister(place: number): boolean {
  return (place & 64) !== 0;
}

function through(
  walk: Walk,
  insn: number,
  opcode: number,
  after: number,
  flags: number,
  wanted: FrameWishes,
): 'done' | 'next' | 'all' | 'broken' {
  const { code } = walk.prepared;
  const { frame } = wanted;
  const dst = 1 << (code.dst[insn] ?? 0);
  const src = 1 << (code.src[insn] ?? 0);
  switch (opcode & 7) {
    case CLASS.alu:
    case CLASS.alu64: {
      if (!wantsRegister(wanted, frame, dst)) return 'done';
      const operation = opcode & 0xf0;
      if (operation === ALU.end || operation === ALU.neg) return 'done';
      if (operation === ALU.mov) dropRegister(wanted, frame, dst);
      if ((opcode & SOURCE_REGISTER) !== 0 && code.src[insn] !== FRAME_POINTER) addRegister(wanted, frame, src);
      return 'next';
    }
    case CLASS.ldx:
      return throughLoad(wanted, dst, flags);
    case CLASS.stx:
      if ((opcode & 0xe0) === MODE.atomic && ((code.imm[insn] ?? 0) & ATOMIC.fetch) !== 0) {
        return throughLoad(wanted, code.imm[insn] === ATOMIC.cmpxchg ? 1 : src, flags);
      }
      return throughStore(wanted, dst, src, flags);
    case CLASS.st:
      return throughStore(wanted, dst, 0, flags);
    case CLASS.jmp:
    case CLASS.jmp32:
      return throughJump(walk, insn, opcode, after, flags, wanted);
    default: {
      const mode = opcode & 0xe0;
      if (mode === MODE.imm) {
        dropRegister(wanted, frame, dst);
        return 'done';
      }
      // BPF_LD_ABS and the like write R0, which `dst` is.
      if (wantsRegister(wanted, frame, dst)) return 'all';
      return after !== insn + 1 && !enter(wanted) ? 'broken' : 'done';
    }
  }
}

function throughLoad(wanted: FrameWishes, loaded: number, flags: number): 'done' | 'next' {
  if (!wantsRegister(wanted, wanted.frame, loaded)) return 'done';
  dropRegister(wanted, wanted.frame, loaded);
  if ((flags & DID.accessStack) === 0) return 'done';
  addFrameSlot(wanted, flags & 7, (flags >> 3) & 63);
  return 'next';
}

function throughStore(wanted: FrameWishes, dst: number, src: number, flags: number): 'done' | 'next' | 'all' {
  // A scalar is no address: a pointer was subtracted from a pointer.
  if (wantsRegister(wanted, wanted.frame, dst)) return 'all';
  if ((flags & DID.accessStack) === 0) return 'done';
  const slot = (flags >> 3) & 63;
  if (!wantsFrameSlot(wanted, flags & 7, slot)) return 'done';
  dropFrameSlot(wanted, flags & 7, slot);
  addRegister(wanted, wanted.frame, src);
  return 'next';
}

function throughJump(
  walk: Walk,
  insn: number,
  opcode: number,
  after: number,
  flags: number,
  wanted: FrameWishes,
): 'done' | 'next' | 'all' | 'broken' {
  const { code } = walk.prepared;
  const operation = opcode & 0xf0;
  if (operation === JUMP.call) return throughCall(walk, insn, after, wanted);
  if (operation === JUMP.exit) return throughExit(walk, after, wanted);
  if ((opcode & SOURCE_REGISTER) === 0) return 'next';
  const dst = 1 << (code.dst[insn] ?? 0);
  const src = 1 << (code.src[insn] ?? 0);
  if (!wantsRegister(wanted, wanted.frame, dst | src)) return 'done';
  if ((flags & DID.srcIsStack) === 0) addRegister(wanted, wanted.frame, src);
  if ((flags & DID.dstIsStack) === 0) addRegister(wanted, wanted.frame, dst);
  return 'next';
}

function throughCall(walk: Walk, insn: number, after: number, wanted: FrameWishes): 'done' | 'next' | 'all' | 'broken' {
  const { code, subprograms, kfuncs, callbackCalls, hasFunctionInfo } = walk.prepared;
  const { frame } = wanted;
  const kind = code.src[insn];
  if (kind === CALL.subprogram) {
    const start = insn + (code.imm[insn] ?? 0) + 1;
    const callee = subprograms.find((each) => each.start === start);
    if (hasFunctionInfo && callee?.linkage === 'global') {
      if (wantsRegister(wanted, frame, ARGUMENTS)) return 'broken';
      dropRegister(wanted, frame, 1);
      return 'done';
    }
    if (wantsRegister(wanted, frame, ~ARGUMENTS) || wantsSlots(wanted, frame)) return 'broken';
    const args = (wanted.registers[frame] ?? 0) & ARGUMENTS;
    dropRegister(wanted, frame, ARGUMENTS);
    if (frame > 0) addRegister(wanted, frame - 1, args);
    return leave(wanted) ? 'done' : 'broken';
  }
  if (callbackCalls[insn] === 1 && insn !== after - 1) {
    if (wantsRegister(wanted, frame, ~ARGUMENTS) || wantsSlots(wanted, frame)) return 'broken';
    dropRegister(wanted, frame, ARGUMENTS);
    return leave(wanted) ? 'done' : 'broken';
  }
  if (kind === CALL.kfunc && kfuncs[insn] === undefined) return 'all';
  dropRegister(wanted, frame, 1);
  return wantsRegister(wanted, frame, ARGUMENTS) ? 'broken' : 'next';
}

function throughExit(walk: Walk, after: number, wanted: FrameWishes): 'done' | 'broken' {
  const { code } = walk.prepared;
  const { frame } = wanted;
  const isReturn = after >= 1 && code.opcode[after - 1] === CALL_OPCODE && code.src[after - 1] === CALL.subprogram;
  const wantsResult = isReturn && wantsRegister(wanted, frame, 1);
  if (isReturn && wantsRegister(wanted, frame, ARGUMENTS)) return 'broken';
  dropRegister(wanted, frame, 1);
  if (!enter(wanted)) return 'broken';
  if (wantsResult) addRegister(wanted, wanted.frame, 1);
  return 'done';
}

/** bt_subprog_enter(). */
function enter(wanted: FrameWishes): boolean {
  if (wanted.frame === 7) return false;
  wanted.frame += 1;
  return true;
}

/** bt_subprog_exit(). */
function leave(wanted: FrameWishes): boolean {
  if (wanted.frame === 0) return false;
  wanted.frame -= 1;
  return true;
}
