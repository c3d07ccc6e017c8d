import { ALU, JUMP } from '../../../src/program/encoding.ts';
import { bitsOf, isPointer, pointerTo, type Value } from './things.ts';

/** An operation of ALU or ALU64 (see kernel/bpf/core.c, ___bpf_prog_run()); 64-bit sums move pointers. */
export function compute(operation: number, isWide: boolean, left: Value, right: Value): Value {
  if (operation === ALU.mov) return isWide ? right : BigInt.asUintN(32, bitsOf(right));
  if (isWide && operation === ALU.add) {
    if (isPointer(left) && !isPointer(right)) return moved(left, right);
    if (isPointer(right) && !isPointer(left)) return moved(right, left);
  }
  if (isWide && operation === ALU.sub && isPointer(left) && !isPointer(right)) return moved(left, -right);
  const width = isWide ? 64 : 32;
  const a = BigInt.asUintN(width, bitsOf(left));
  const b = BigInt.asUintN(width, bitsOf(right));
  return BigInt.asUintN(width, onNumbers(operation, width, a, b));
}

function moved(pointer: Exclude<Value, bigint>, by: bigint): Value {
  return pointerTo(pointer.thing, pointer.offset + Number(BigInt.asIntN(64, by)), pointer.isStale);
}

function onNumbers(operation: number, width: number, a: bigint, b: bigint): bigint {
  const shift = b & BigInt(width - 1);
  switch (operation) {
    case ALU.add:
      return a + b;
    case ALU.sub:
      return a - b;
    case ALU.mul:
      return a * b;
    case ALU.div:
      return b === 0n ? 0n : a / b;
    case ALU.mod:
      return b === 0n ? a : a % b;
    case ALU.or:
      return a | b;
    case ALU.and:
      return a & b;
    case ALU.xor:
      return a ^ b;
    case ALU.lsh:
      return a << shift;
    case ALU.rsh:
      return a >> shift;
    case ALU.arsh:
      return BigInt.asIntN(width, a) >> shift;
    case ALU.neg:
      return -a;
    default:
      throw new RangeError(`operation ${String(operation)}`);
  }
}

/** BPF_END on a little-endian machine. */
export function swapBytes(toBigEndian: boolean, bits: number, value: Value): bigint {
  const number = BigInt.asUintN(bits, bitsOf(value));
  if (!toBigEndian) return number;
  let swapped = 0n;
  for (let at = 0; at < bits; at += 8) swapped = (swapped << 8n) | ((number >> BigInt(at)) & 0xffn);
  return swapped;
}

/** Whether a conditional jump is taken. */
export function isTaken(operation: number, isWide: boolean, left: Value, right: Value): boolean {
  const width = isWide ? 64 : 32;
  const a = BigInt.asUintN(width, bitsOf(left));
  const b = BigInt.asUintN(width, bitsOf(right));
  const [signedA, signedB] = [BigInt.asIntN(width, a), BigInt.asIntN(width, b)];
  switch (operation) {
    case JUMP.jeq:
      return a === b;
    case JUMP.jne:
      return a !== b;
    case JUMP.jgt:
      return a > b;
    case JUMP.jge:
      return a >= b;
    case JUMP.jlt:
      return a < b;
    case JUMP.jle:
      return a <= b;
    case JUMP.jset:
      return (a & b) !== 0n;
    case JUMP.jsgt:
      return signedA > signedB;
    case JUMP.jsge:
      return signedA >= signedB;
    case JUMP.jslt:
      return signedA < signedB;
    case JUMP.jsle:
      return signedA <= signedB;
    default:
      throw new RangeError(`jump ${String(operation)}`);
  }
}
