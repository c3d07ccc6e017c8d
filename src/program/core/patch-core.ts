import { SLOT_BYTES, type Code } from '../code.ts';
import { ObjectError, type ObjectPlace } from '../object/object-error.ts';
import { CLASS, CLASS_MASK, SIZE, SIZE_MASK, SOURCE_REGISTER, LD_IMM64, CALL_OPCODE } from '../encoding.ts';
import type { CoreResult } from './resolve-core.ts';

/** The helper number of a poisoned instruction: none has it, so a kernel refuses the program unless that is dead code. */
const POISON = 195_896_080;

const SIZE_BITS: Readonly<Record<number, number>> = { 1: SIZE.b, 2: SIZE.h, 4: SIZE.w, 8: SIZE.dw };
const LARGEST_OFFSET = 32_767;

/**
 * Changes an instruction to what its relocation came to: bpf_core_patch_insn(), tools/lib/bpf/relo_core.c.
 *
 * @returns whether there was an answer; if not, the instruction is poisoned
 * @throws ObjectError `core-mismatch`, `core-range`
 */
export function patchCore(code: Code, slot: number, result: CoreResult, section: string): boolean {
  const { expected, value, text } = result;
  const place = { section, offset: slot * SLOT_BYTES };
  const opcode = code.opcode[slot] ?? 0;
  if (value === undefined) {
    poison(code, slot);
    return false;
  }
  switch (opcode & CLASS_MASK) {
    case CLASS.alu:
    case CLASS.alu64:
      if ((opcode & SOURCE_REGISTER) !== 0) throw mismatch(place, text, 'an instruction with two registers');
      require32(code.imm[slot] ?? 0, expected, place, text);
      code.imm[slot] = Number(BigInt.asIntN(32, value));
      return true;
    case CLASS.ldx:
    case CLASS.st:
    case CLASS.stx:
      return patchAccess(code, slot, result, value, place);
    default:
      patchLoad(code, slot, result, value, place);
      return true;
  }
}

/** A call that no kernel accepts, in both halves of a 64-bit load. */
function poison(code: Code, slot: number): void {
  const isWide = code.opcode[slot] === LD_IMM64 && slot + 1 < code.length;
  for (const at of isWide ? [slot, slot + 1] : [slot]) {
    code.opcode[at] = CALL_OPCODE;
    code.dst[at] = 0;
    code.src[at] = 0;
    code.off[at] = 0;
    code.imm[at] = POISON;
  }
}

function patchAccess(code: Code, slot: number, result: CoreResult, value: bigint, place: ObjectPlace): boolean {
  const { expected, size, isUnsafe, text } = result;
  const opcode = code.opcode[slot] ?? 0;
  if (expected !== undefined && BigInt(code.off[slot] ?? 0) !== expected) {
    throw mismatch(place, text, `the offset ${String(code.off[slot])}, where it should have ${String(expected)}`);
  }
  if (value > BigInt(LARGEST_OFFSET)) throw outOfRange(place, text, value);
  if (isUnsafe) {
    poison(code, slot);
    return false;
  }
  code.off[slot] = Number(value);
  if (size === undefined) return true;
  const bits = SIZE_BITS[size.after];
  if (SIZE_BITS[size.before] !== (opcode & SIZE_MASK) || bits === undefined) {
    throw mismatch(place, text, `a size that can't become ${String(size.after)} bytes`);
  }
  code.opcode[slot] = (opcode & ~SIZE_MASK) | bits;
  return true;
}

function patchLoad(code: Code, slot: number, result: CoreResult, value: bigint, place: ObjectPlace): void {
  const { expected, text } = result;
  const next = slot + 1;
  const isPlain =
    code.opcode[slot] === LD_IMM64 &&
    next < code.length &&
    [code.src[slot], code.off[slot], code.opcode[next], code.dst[next], code.src[next], code.off[next]].every(
      (field) => field === 0,
    );
  if (!isPlain) throw mismatch(place, text, 'an instruction that no relocation can change');
  const before = (BigInt(code.imm[next] ?? 0) << 32n) | BigInt.asUintN(32, BigInt(code.imm[slot] ?? 0));
  if (expected !== undefined && BigInt.asUintN(64, before) !== expected) {
    throw mismatch(place, text, `${String(before)}, where it should have ${String(expected)}`);
  }
  code.imm[slot] = Number(BigInt.asIntN(32, value));
  code.imm[next] = Number(BigInt.asIntN(32, value >> 32n));
}

function require32(immediate: number, expected: bigint | undefined, place: ObjectPlace, text: string): void {
  if (expected === undefined || BigInt.asUintN(32, BigInt(immediate)) === BigInt.asUintN(32, expected)) return;
  throw mismatch(place, text, `${String(immediate)}, where it should have ${String(expected)}`);
}

function mismatch(place: ObjectPlace, text: string, what: string): ObjectError {
  return new ObjectError('core-mismatch', place, `CO-RE relocation of ${text}: the instruction has ${what}`);
}

function outOfRange(place: ObjectPlace, text: string, value: bigint): ObjectError {
  return new ObjectError('core-range', place, `CO-RE relocation of ${text}: ${String(value)} does not fit in it`);
}
