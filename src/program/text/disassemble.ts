import { slotAt, type Code, type Slot } from '../code.ts';
import {
  CLASS,
  CLASS_MASK,
  SIZE_MASK,
  MODE,
  MODE_MASK,
  SOURCE_REGISTER,
  OPERATION_MASK,
  ALU,
  ATOMIC,
  ATOMIC_ORDERED,
  CALL,
  LD_IMM64,
  CALL_OPCODE,
  EXIT_OPCODE,
  JA_OPCODE,
  JA32_OPCODE,
  MAY_GOTO_OPCODE,
} from '../encoding.ts';
import { describeWideLoad } from './describe-wide-load.ts';
import type { InstructionNames } from './instruction-names.ts';
import { ALU_SYMBOLS, ATOMIC_SYMBOLS, JUMP_SYMBOLS, SIZE_TYPES } from './symbols.ts';

/** One instruction as a text. */
export interface InstructionText {
  readonly slot: number;
  readonly text: string;
}

const JUMP_NAMES = new Map(Object.entries(JUMP_SYMBOLS).map(([symbol, op]) => [op, symbol]));

/** All instructions; one of two slots gives one text. */
export function disassemble(code: Code, names: InstructionNames = {}): readonly InstructionText[] {
  const texts: InstructionText[] = [];
  for (let slot = 0; slot < code.length; slot++) {
    const text = disassembleSlot(code, slot, names);
    texts.push({ slot, text });
    if (isWide(code, slot) && !text.startsWith('raw ')) slot++;
  }
  return texts;
}

/**
 * The instruction that begins in a slot, as the kernel's log and llvm-objdump have it but for small things
 * (`r1 = *(u64 *)(r10 -8)`, `if w1 != 0 goto +3`). assemble() makes the same of it again. What is no instruction, or
 * has something in fields that mean nothing, is `raw` and its bytes.
 *
 * @throws RangeError if there is no such slot
 */
export function disassembleSlot(code: Code, slot: number, names: InstructionNames = {}): string {
  return (
    (isWide(code, slot) ? describeWideLoad(code, slot, names) : describe(slotAt(code, slot), slot, names)) ??
    raw(slotAt(code, slot))
  );
}

function isWide(code: Code, slot: number): boolean {
  return code.opcode[slot] === LD_IMM64 && slot + 1 < code.length;
}

function describe(insn: Slot, slot: number, names: InstructionNames): string | undefined {
  switch (insn.opcode & CLASS_MASK) {
    case CLASS.ld:
      return describePacketLoad(insn);
    case CLASS.ldx:
      return describeLoad(insn);
    case CLASS.st:
      return describeStore(insn);
    case CLASS.stx:
      return (insn.opcode & MODE_MASK) === MODE.atomic ? describeAtomic(insn) : describeStoreRegister(insn);
    case CLASS.alu:
    case CLASS.alu64:
      return describeAlu(insn);
    default:
      return describeJump(insn, slot, names);
  }
}

function describePacketLoad({ opcode, dst, src, off, imm }: Slot): string | undefined {
  const type = SIZE_TYPES[opcode & SIZE_MASK];
  const mode = opcode & MODE_MASK;
  if (type === undefined || type.bits === 64 || dst !== 0 || off !== 0) return undefined;
  if (mode === MODE.abs && src === 0) return `r0 = *(${type.unsigned} *)skb[${String(imm)}]`;
  if (mode === MODE.ind) return `r0 = *(${type.unsigned} *)skb[r${String(src)} ${signed(imm)}]`;
  return undefined;
}

function describeLoad({ opcode, dst, src, off, imm }: Slot): string | undefined {
  const type = SIZE_TYPES[opcode & SIZE_MASK];
  const mode = opcode & MODE_MASK;
  if (type === undefined || imm !== 0) return undefined;
  if (mode === MODE.mem) return `r${String(dst)} = *(${type.unsigned} *)${address(src, off)}`;
  if (mode === MODE.memsx && type.bits !== 64) return `r${String(dst)} = *(${type.signed} *)${address(src, off)}`;
  return undefined;
}

function describeStore({ opcode, dst, src, off, imm }: Slot): string | undefined {
  const type = SIZE_TYPES[opcode & SIZE_MASK];
  if (type === undefined || src !== 0 || (opcode & MODE_MASK) !== MODE.mem) return undefined;
  return `*(${type.unsigned} *)${address(dst, off)} = ${String(imm)}`;
}

function describeStoreRegister({ opcode, dst, src, off, imm }: Slot): string | undefined {
  const type = SIZE_TYPES[opcode & SIZE_MASK];
  if (type === undefined || imm !== 0 || (opcode & MODE_MASK) !== MODE.mem) return undefined;
  return `*(${type.unsigned} *)${address(dst, off)} = r${String(src)}`;
}

function describeAtomic({ opcode, dst, src, off, imm }: Slot): string | undefined {
  const type = SIZE_TYPES[opcode & SIZE_MASK];
  if (type === undefined) return undefined;
  const letter = type.bits === 64 ? 'r' : 'w';
  const pointer = `(${type.unsigned} *)${address(dst, off)}`;
  const register = `${letter}${String(src)}`;
  if (imm === ATOMIC_ORDERED.loadAcquire) {
    return `${letter}${String(dst)} = load_acquire((${type.unsigned} *)${address(src, off)})`;
  }
  if (imm === ATOMIC_ORDERED.storeRelease) return `store_release(${pointer}, ${register})`;
  if (type.bits < 32) return undefined;
  const place = address(dst, off).slice(1, -1);
  if (imm === ATOMIC.xchg) return `${register} = ${type.bits === 64 ? 'xchg_64' : 'xchg32_32'}(${place}, ${register})`;
  if (imm === ATOMIC.cmpxchg) {
    return `${letter}0 = ${type.bits === 64 ? 'cmpxchg_64' : 'cmpxchg32_32'}(${place}, ${letter}0, ${register})`;
  }
  const operation = ATOMIC_SYMBOLS.find(({ op }) => op === (imm & ~ATOMIC.fetch));
  if (operation === undefined) return undefined;
  if ((imm & ATOMIC.fetch) !== 0) return `${register} = atomic_fetch_${operation.name}(${pointer}, ${register})`;
  return `lock *${pointer} ${operation.symbol} ${register}`;
}

function describeAlu(insn: Slot): string | undefined {
  const { opcode, dst, src, off, imm } = insn;
  const is64 = (opcode & CLASS_MASK) === CLASS.alu64;
  const isRegister = (opcode & SOURCE_REGISTER) !== 0;
  const letter = is64 ? 'r' : 'w';
  const target = `${letter}${String(dst)}`;
  const op = opcode & OPERATION_MASK;
  if (op === ALU.end) return describeByteSwap(insn, is64, isRegister);
  if (op === ALU.neg) {
    return isRegister || src !== 0 || off !== 0 || imm !== 0 ? undefined : `${target} = -${target}`;
  }
  if (isRegister ? imm !== 0 && op !== ALU.mov : src !== 0) return undefined;
  const operand = isRegister ? `${letter}${String(src)}` : String(imm);
  if (op === ALU.mov) return describeMove(insn, is64, isRegister, target, operand);
  const operation = ALU_SYMBOLS.find((each) => each.op === op && each.off === off);
  return operation === undefined ? undefined : `${target} ${operation.symbol} ${operand}`;
}

/** `off` of a move from register to register that casts an address from one space to another. */
const ADDRESS_SPACE_CAST = 1;

function describeMove(
  { src, off, imm }: Slot,
  is64: boolean,
  isRegister: boolean,
  target: string,
  operand: string,
): string | undefined {
  if (off === ADDRESS_SPACE_CAST && is64 && isRegister) {
    return `${target} = addr_space_cast(r${String(src)}, ${String(imm >>> 16)}, ${String(imm & 0xffff)})`;
  }
  if (isRegister && imm !== 0) return undefined;
  if (off === 0) return `${target} = ${operand}`;
  const isExtended = isRegister && (off === 8 || off === 16 || (off === 32 && is64));
  return isExtended ? `${target} = (s${String(off)})${operand}` : undefined;
}

function describeByteSwap({ dst, src, off, imm }: Slot, is64: boolean, isBigEndian: boolean): string | undefined {
  if (src !== 0 || off !== 0 || ![16, 32, 64].includes(imm) || (is64 && isBigEndian)) return undefined;
  const name = is64 ? 'bswap' : isBigEndian ? 'be' : 'le';
  return `r${String(dst)} = ${name}${String(imm)} r${String(dst)}`;
}

function describeJump(insn: Slot, slot: number, names: InstructionNames): string | undefined {
  const { opcode, dst, src, off, imm } = insn;
  const is32 = (opcode & CLASS_MASK) === CLASS.jmp32;
  const isRegister = (opcode & SOURCE_REGISTER) !== 0;
  const isPlain = dst === 0 && src === 0;
  switch (opcode) {
    case CALL_OPCODE:
      return describeCall(insn, slot, names);
    case EXIT_OPCODE:
      return isPlain && off === 0 && imm === 0 ? 'exit' : undefined;
    case JA_OPCODE:
      return isPlain && imm === 0 ? `goto ${distance(off)}` : undefined;
    case JA32_OPCODE:
      return isPlain && off === 0 ? `gotol ${distance(imm)}` : undefined;
    case MAY_GOTO_OPCODE:
      return isPlain && imm === 0 ? `may_goto ${distance(off)}` : undefined;
    case CALL_OPCODE | SOURCE_REGISTER:
      return src === 0 && off === 0 && imm === 0 ? `callx r${String(dst)}` : undefined;
    case JA_OPCODE | SOURCE_REGISTER:
      return src === 0 && off === 0 && imm === 0 ? `gotox r${String(dst)}` : undefined;
    default: {
      const symbol = JUMP_NAMES.get(opcode & OPERATION_MASK);
      if (symbol === undefined || (isRegister ? imm !== 0 : src !== 0)) return undefined;
      const letter = is32 ? 'w' : 'r';
      const operand = isRegister ? `${letter}${String(src)}` : String(imm);
      return `if ${letter}${String(dst)} ${symbol} ${operand} goto ${distance(off)}`;
    }
  }
}

function describeCall({ dst, src, off, imm }: Slot, slot: number, names: InstructionNames): string | undefined {
  if (dst !== 0) return undefined;
  switch (src) {
    case CALL.helper:
      if (off !== 0 || imm < 0) return undefined;
      return `call ${names.helper?.(imm) ?? String(imm)}`;
    case CALL.subprogram:
      return off === 0 ? `call ${names.function?.(slot + imm + 1) ?? distance(imm)}` : undefined;
    case CALL.kfunc: {
      const name = names.kfunc?.(slot);
      if (name !== undefined) return `call ${name}`;
      return `call kfunc#${String(imm)}${off === 0 ? '' : `@${String(off)}`}`;
    }
    default:
      return undefined;
  }
}

function address(register: number, off: number): string {
  return `(r${String(register)} ${signed(off)})`;
}

function distance(slots: number): string {
  return signed(slots);
}

function signed(number: number): string {
  return number < 0 ? String(number) : `+${String(number)}`;
}

function raw({ opcode, dst, src, off, imm }: Slot): string {
  const bytes = [opcode, dst | (src << 4), off, off >> 8, imm, imm >> 8, imm >> 16, imm >> 24];
  return `raw ${bytes.map((byte) => (byte & 0xff).toString(16).padStart(2, '0')).join('')}`;
}
