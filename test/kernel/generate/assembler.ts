import {
  ALU,
  ATOMIC,
  BY_REGISTER,
  CALL,
  CLASS,
  EXIT,
  HELPER,
  JUMP,
  LD_ABS,
  LD_IMM64,
  LD_IND,
  MEM,
  PSEUDO,
  SIZE,
} from './opcodes.ts';
import type { AluName, Bytes, HelperName, JumpName } from './opcodes.ts';

/** A place in the code; its slot is known once it is placed. */
export interface Label {
  slot: number | undefined;
}

/** One slot. */
export interface Slot {
  opcode: number;
  dst: number;
  src: number;
  off: number;
  imm: number;
  /** Where it leads: the offset of a jump, or the immediate of a call or of a function's address. */
  target?: Label;
  kfunc?: string;
  map?: number;
}

export interface Assembled {
  readonly insns: string;
  readonly kfunc_calls: Record<string, string>;
  readonly map_refs: Record<string, number>;
}

export function newLabel(): Label {
  return { slot: undefined };
}

/** Writes instructions one after the other. */
export class Assembler {
  readonly slots: Slot[] = [];

  raw(opcode: number, dst = 0, src = 0, off = 0, imm = 0): Slot {
    const slot: Slot = { opcode, dst, src, off, imm };
    this.slots.push(slot);
    return slot;
  }

  place(label: Label): void {
    label.slot = this.slots.length;
  }

  mov(dst: number, src: number): void {
    this.raw(CLASS.alu64 | ALU.mov | BY_REGISTER, dst, src);
  }

  set(dst: number, imm: number): void {
    this.raw(CLASS.alu64 | ALU.mov, dst, 0, 0, imm);
  }

  /** dst op= imm, in 64 or 32 bits. */
  alu(op: AluName, dst: number, imm: number, bits: 32 | 64 = 64): void {
    this.raw((bits === 64 ? CLASS.alu64 : CLASS.alu) | ALU[op], dst, 0, 0, imm);
  }

  aluReg(op: AluName, dst: number, src: number, bits: 32 | 64 = 64): void {
    this.raw((bits === 64 ? CLASS.alu64 : CLASS.alu) | ALU[op] | BY_REGISTER, dst, src);
  }

  load(size: Bytes, dst: number, src: number, off: number): void {
    this.raw(CLASS.ldx | MEM | SIZE[size], dst, src, off);
  }

  store(size: Bytes, dst: number, off: number, src: number): void {
    this.raw(CLASS.stx | MEM | SIZE[size], dst, src, off);
  }

  storeImm(size: Bytes, dst: number, off: number, imm: number): void {
    this.raw(CLASS.st | MEM | SIZE[size], dst, 0, off, imm);
  }

  atomic(size: Bytes, dst: number, off: number, src: number, operation: number): void {
    this.raw(CLASS.stx | ATOMIC | SIZE[size], dst, src, off, operation);
  }

  set64(dst: number, low: number, high: number): void {
    this.raw(LD_IMM64, dst, 0, 0, low);
    this.raw(0, 0, 0, 0, high);
  }

  map(dst: number, map: number): void {
    this.raw(LD_IMM64, dst, PSEUDO.mapFd).map = map;
    this.raw(0);
  }

  mapValue(dst: number, map: number, off: number): void {
    this.raw(LD_IMM64, dst, PSEUDO.mapValue).map = map;
    this.raw(0, 0, 0, 0, off);
  }

  func(dst: number, target: Label): void {
    this.raw(LD_IMM64, dst, PSEUDO.func).target = target;
    this.raw(0);
  }

  abs(size: Bytes, offset: number): void {
    this.raw(CLASS.ld | LD_ABS | SIZE[size], 0, 0, 0, offset);
  }

  ind(size: Bytes, src: number, offset: number): void {
    this.raw(CLASS.ld | LD_IND | SIZE[size], 0, src, 0, offset);
  }

  jump(op: JumpName, dst: number, imm: number, target: Label, bits: 32 | 64 = 64): void {
    this.raw((bits === 64 ? CLASS.jmp : CLASS.jmp32) | JUMP[op], dst, 0, 0, imm).target = target;
  }

  jumpReg(op: JumpName, dst: number, src: number, target: Label, bits: 32 | 64 = 64): void {
    this.raw((bits === 64 ? CLASS.jmp : CLASS.jmp32) | JUMP[op] | BY_REGISTER, dst, src).target = target;
  }

  goto(target: Label): void {
    this.raw(CLASS.jmp | JUMP.ja).target = target;
  }

  helper(name: HelperName): void {
    this.raw(CALL, 0, 0, 0, HELPER[name]);
  }

  kfunc(name: string): void {
    this.raw(CALL, 0, PSEUDO.kfunc).kfunc = name;
  }

  sub(target: Label): void {
    this.raw(CALL, 0, PSEUDO.call).target = target;
  }

  exit(): void {
    this.raw(EXIT);
  }
}

/** The slots with all labels resolved, as the corpus has them. */
export function assemble(slots: readonly Slot[]): Assembled {
  const kfunc_calls: Record<string, string> = {};
  const map_refs: Record<string, number> = {};
  const bytes = new DataView(new ArrayBuffer(slots.length * 8));
  for (const [at, slot] of slots.entries()) {
    const { off, imm } = resolve(slot, at);
    bytes.setUint8(at * 8, slot.opcode);
    bytes.setUint8(at * 8 + 1, (slot.dst & 15) | ((slot.src & 15) << 4));
    bytes.setInt16(at * 8 + 2, off, true);
    bytes.setInt32(at * 8 + 4, imm, true);
    if (slot.kfunc !== undefined) kfunc_calls[at] = slot.kfunc;
    if (slot.map !== undefined) map_refs[at] = slot.map;
  }
  return { insns: Buffer.from(bytes.buffer).toString('hex'), kfunc_calls, map_refs };
}

function resolve(slot: Slot, at: number): { readonly off: number; readonly imm: number } {
  if (slot.target === undefined) return slot;
  if (slot.target.slot === undefined) throw new Error('a label that was never placed');
  const distance = slot.target.slot - at - 1;
  return leadsByImmediate(slot) ? { off: slot.off, imm: distance } : { off: distance, imm: slot.imm };
}

/** Calls and addresses of functions; all else that leads somewhere is a jump. */
export function leadsByImmediate(slot: Slot): boolean {
  return slot.opcode === CALL || slot.opcode === LD_IMM64;
}
