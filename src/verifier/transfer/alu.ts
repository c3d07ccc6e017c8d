import { executeArithmetic } from './arithmetic.ts';
import { movePointer, operationName } from './pointer-arithmetic.ts';
import { ALU, CLASS, SOURCE_REGISTER } from '../../program/encoding.ts';
import { divisionByZero } from '../rules/alu/division-by-zero.rule.ts';
import { pointerOperation } from '../rules/alu/pointer-operation.rule.ts';
import { invalidShift } from '../rules/alu/shift.rule.ts';
import { reservedFields } from '../rules/insn/reserved-fields.rule.ts';
import { unknownOpcode } from '../rules/insn/unknown-opcode.rule.ts';
import { reject } from '../rules/rule.ts';
import { alu, givesUp, type AluOp } from '../scalar/alu.ts';
import { zeroExtend32 } from '../scalar/cast.ts';
import { constantFromInt, constantFromUint } from '../scalar/scalar.ts';
import { registerOf } from '../state/frame.ts';
import { scalarRegister, type Register } from '../state/register.ts';
import { markPrecise } from '../walk/precision.ts';
import { copyRegister, markWritten, readSource, setRegister, writeUnknown } from '../walk/registers.ts';
import { frameOf, nextId, readRegister, unknownScalar, type Walk } from '../walk/walk.ts';

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

/** Arithmetic: check_alu_op(), kernel/bpf/verifier.c. @throws Rejection */
export function executeAlu(walk: Walk, opcode: number): void {
  if (walk.prepared.behaviours.linksScalars) {
    executeArithmetic(walk, opcode);
    return;
  }
  const operation = opcode & 0xf0;
  if (operation === ALU.mov) executeMove(walk, opcode);
  else if (operation === ALU.end || operation === ALU.neg) executeUnary(walk, opcode, operation);
  else if (operation > ALU.end) reject(unknownOpcode, { opcode: hex(opcode) });
  else executeBinary(walk, opcode, operation);
}

function executeUnary(walk: Walk, opcode: number, operation: number): void {
  const { code } = walk.prepared;
  const { insn } = walk;
  const imm = code.imm[insn] ?? 0;
  const isUnused = code.src[insn] === 0 && code.off[insn] === 0;
  const isValid =
    operation === ALU.neg
      ? (opcode & SOURCE_REGISTER) === 0 && imm === 0
      : (opcode & 7) === CLASS.alu && (imm === 16 || imm === 32 || imm === 64);
  if (!isUnused || !isValid) reject(reservedFields, {});
  const dst = code.dst[insn] ?? 0;
  readSource(walk, dst);
  writeUnknown(walk, dst);
}

function executeMove(walk: Walk, opcode: number): void {
  const { code } = walk.prepared;
  const { insn } = walk;
  const dst = code.dst[insn] ?? 0;
  const src = code.src[insn] ?? 0;
  const isWide = (opcode & 7) === CLASS.alu64;
  if ((opcode & SOURCE_REGISTER) === 0) {
    if (src !== 0 || code.off[insn] !== 0) reject(reservedFields, {});
    const imm = code.imm[insn] ?? 0;
    markWritten(walk, dst).register = scalarRegister(
      isWide ? constantFromInt(imm) : constantFromUint(imm >>> 0),
      0,
      unknownScalar(walk).precise,
    );
    return;
  }
  if (code.imm[insn] !== 0 || code.off[insn] !== 0) reject(reservedFields, {});
  readSource(walk, src);
  const to = markWritten(walk, dst);
  const from = registerOf(frameOf(walk), src);
  if (isWide) {
    const { register } = from;
    // Both become known when one does.
    if (register.type === 'scalar' && register.id === 0) from.register = { ...register, id: nextId(walk) };
    copyRegister(walk, from, to);
  } else if (from.register.type === 'scalar') {
    const { scalar, precise } = from.register;
    copyRegister(walk, from, to);
    to.register = scalarRegister(zeroExtend32(walk.prepared.scalars, scalar), 0, precise);
  } else {
    const unknown = unknownScalar(walk);
    to.register = scalarRegister(zeroExtend32(walk.prepared.scalars, unknown.scalar), 0, unknown.precise);
  }
  markWritten(walk, dst);
}

function executeBinary(walk: Walk, opcode: number, operation: number): void {
  const { code } = walk.prepared;
  const { insn } = walk;
  const dst = code.dst[insn] ?? 0;
  const src = code.src[insn] ?? 0;
  const isRegister = (opcode & SOURCE_REGISTER) !== 0;
  const imm = code.imm[insn] ?? 0;
  if (isRegister) {
    if (imm !== 0 || code.off[insn] !== 0) reject(reservedFields, {});
    readSource(walk, src);
  } else if (src !== 0 || code.off[insn] !== 0) {
    reject(reservedFields, {});
  }
  readSource(walk, dst);
  if (!isRegister) checkImmediate(opcode, operation, dst, imm);
  markWritten(walk, dst);
  compute(walk, opcode, operation, dst, isRegister ? src : -1, imm);
}

function checkImmediate(opcode: number, operation: number, dst: number, imm: number): void {
  if ((operation === ALU.mod || operation === ALU.div) && imm === 0) reject(divisionByZero, { register: dst });
  if (operation === ALU.lsh || operation === ALU.rsh || operation === ALU.arsh) {
    const width = (opcode & 7) === CLASS.alu64 ? 64 : 32;
    if (imm < 0 || imm >= width) reject(invalidShift, { register: dst, amount: imm });
  }
}

/** adjust_reg_min_max_vals(). */
function compute(walk: Walk, opcode: number, operation: number, dst: number, src: number, imm: number): void {
  const left = readRegister(walk, dst);
  const right = src < 0 ? undefined : readRegister(walk, src);
  if (right === undefined) {
    const scalar = constantFromInt(imm);
    if (left.type !== 'scalar') movePointer(walk, dst, left, scalar, true, opcode);
    else setScalar(walk, opcode, operation, dst, left, scalar);
    return;
  }
  if (right.type !== 'scalar') {
    if (left.type === 'scalar') {
      markPrecise(walk, dst);
      movePointer(walk, dst, right, left.scalar, false, opcode);
      return;
    }
    if (operation !== ALU.sub) {
      const values = { register: dst, operation: `${operationName(operation)} of another pointer` };
      reject(pointerOperation, values, { registers: [dst, src] });
    }
    setRegister(walk, dst, unknownScalar(walk));
    return;
  }
  if (left.type !== 'scalar') {
    markPrecise(walk, src);
    movePointer(walk, dst, left, right.scalar, true, opcode);
    return;
  }
  if (walk.prepared.behaviours.preciseOperands && left.precise) markPrecise(walk, src);
  setScalar(walk, opcode, operation, dst, readRegister(walk, dst), right.scalar);
}

function setScalar(
  walk: Walk,
  opcode: number,
  operation: number,
  dst: number,
  left: Register,
  right: Register['scalar'],
): void {
  const name = OPERATIONS[operation >> 4];
  if (name === undefined) reject(unknownOpcode, { opcode: hex(opcode) });
  const isWide = (opcode & 7) === CLASS.alu64;
  const { scalars } = walk.prepared;
  const scalar = alu(scalars, name, isWide, left.scalar, right);
  // What is not computed at all is as good as loaded: it is not precise any more.
  const { precise } = givesUp(scalars, name, isWide, right) ? unknownScalar(walk) : left;
  setRegister(walk, dst, scalarRegister(scalar, 0, precise));
}

function hex(opcode: number): string {
  return `0x${opcode.toString(16).padStart(2, '0')}`;
}
