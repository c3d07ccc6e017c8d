import { movePointer, operationName } from './pointer-arithmetic.ts';
import { ALU, CLASS } from '../../program/encoding.ts';
import { divisionByZero } from '../rules/alu/division-by-zero.rule.ts';
import { pointerOperation } from '../rules/alu/pointer-operation.rule.ts';
import { invalidShift } from '../rules/alu/shift.rule.ts';
import { unknownOpcode } from '../rules/insn/unknown-opcode.rule.ts';
import { reject } from '../rules/rule.ts';
import type { AluOp } from '../scalar/alu.ts';
import { constantFromInt, type Scalar } from '../scalar/scalar.ts';
import { markPrecise } from '../walk/precision.ts';
import { setRegister } from '../walk/registers.ts';
import { readRegister, unknownScalar, type Walk } from '../walk/walk.ts';

const OPERATIONS: readonly (AluOp | undefined)[] = [
  'add',
  'sub',
  'mul',
  'div',
  'or',
  'and',
  'lsh',
  'rsh',
  undefined,
  'mod',
  'xor',
  undefined,
  'arsh',
];

/** The operation of an instruction with two operands. @throws Rejection where there is none of that number */
export function binaryOperation(opcode: number): AluOp {
  return OPERATIONS[(opcode & 0xf0) >> 4] ?? unknownOperation(opcode);
}

/** @throws Rejection */
export function unknownOperation(opcode: number): never {
  reject(unknownOpcode, { opcode: `0x${opcode.toString(16).padStart(2, '0')}` });
}

/** What check_alu_op(), kernel/bpf/verifier.c, asks of an immediate. @throws Rejection */
export function checkImmediate(opcode: number, dst: number, imm: number): void {
  const operation = opcode & 0xf0;
  if ((operation === ALU.mod || operation === ALU.div) && imm === 0) reject(divisionByZero, { register: dst });
  if (operation === ALU.lsh || operation === ALU.rsh || operation === ALU.arsh) {
    const width = (opcode & 7) === CLASS.alu64 ? 64 : 32;
    if (imm < 0 || imm >= width) reject(invalidShift, { register: dst, amount: imm });
  }
}

/**
 * Computes where one of the operands is a pointer: adjust_reg_min_max_vals(), kernel/bpf/verifier.c.
 *
 * @param src -1: the immediate
 * @returns what stands on the right, if both are numbers; undefined: it is computed
 * @throws Rejection
 */
export function numberOnTheRight(
  walk: Walk,
  opcode: number,
  dst: number,
  src: number,
  imm: number,
): Scalar | undefined {
  const left = readRegister(walk, dst);
  if (src < 0) {
    const constant = constantFromInt(imm);
    if (left.type === 'scalar') return constant;
    movePointer(walk, dst, left, constant, true, opcode);
    return undefined;
  }
  const right = readRegister(walk, src);
  if (right.type === 'scalar') {
    if (left.type !== 'scalar') {
      markPrecise(walk, src);
      movePointer(walk, dst, left, right.scalar, true, opcode);
      return undefined;
    }
    if (walk.prepared.behaviours.preciseOperands && left.precise) markPrecise(walk, src);
    return right.scalar;
  }
  if (left.type === 'scalar') {
    markPrecise(walk, dst);
    movePointer(walk, dst, right, left.scalar, false, opcode);
    return undefined;
  }
  const operation = opcode & 0xf0;
  if (operation !== ALU.sub) {
    const values = { register: dst, operation: `${operationName(operation)} of another pointer` };
    reject(pointerOperation, values, { registers: [dst, src] });
  }
  setRegister(walk, dst, unknownScalar(walk));
  return undefined;
}
