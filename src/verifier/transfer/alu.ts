import { binaryOperation, checkImmediate, numberOnTheRight, unknownOperation } from './alu-operands.ts';
import { executeArithmetic } from './arithmetic.ts';
import { ALU, CLASS, SOURCE_REGISTER } from '../../program/encoding.ts';
import { reservedFields } from '../rules/insn/reserved-fields.rule.ts';
import { reject } from '../rules/rule.ts';
import { alu, givesUp } from '../scalar/alu.ts';
import { zeroExtend32 } from '../scalar/cast.ts';
import { constantFromInt, constantFromUint, type Scalar } from '../scalar/scalar.ts';
import { registerOf } from '../state/frame.ts';
import { scalarRegister } from '../state/register.ts';
import { copyRegister, markWritten, readSource, setRegister, writeUnknown } from '../walk/registers.ts';
import { frameOf, nextId, readRegister, unknownScalar, type Walk } from '../walk/walk.ts';

/** Arithmetic: check_alu_op(), kernel/bpf/verifier.c. @throws Rejection */
export function executeAlu(walk: Walk, opcode: number): void {
  if (walk.prepared.behaviours.linksScalars) {
    executeArithmetic(walk, opcode);
    return;
  }
  const operation = opcode & 0xf0;
  if (operation === ALU.mov) executeMove(walk, opcode);
  else if (operation === ALU.end || operation === ALU.neg) executeUnary(walk, opcode, operation);
  else if (operation > ALU.end) unknownOperation(opcode);
  else executeBinary(walk, opcode);
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

function executeBinary(walk: Walk, opcode: number): void {
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
  if (!isRegister) checkImmediate(opcode, dst, imm);
  markWritten(walk, dst);
  const right = numberOnTheRight(walk, opcode, dst, isRegister ? src : -1, imm);
  if (right !== undefined) setScalar(walk, opcode, dst, right);
}

function setScalar(walk: Walk, opcode: number, dst: number, right: Scalar): void {
  const name = binaryOperation(opcode);
  const isWide = (opcode & 7) === CLASS.alu64;
  const { scalars } = walk.prepared;
  const left = readRegister(walk, dst);
  const scalar = alu(scalars, name, isWide, left.scalar, right);
  // What is not computed at all is as good as loaded: it is not precise any more.
  const { precise } = givesUp(scalars, name, isWide, right) ? unknownScalar(walk) : left;
  setRegister(walk, dst, scalarRegister(scalar, 0, precise));
}
