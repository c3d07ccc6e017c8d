import { binaryOperation, checkImmediate, numberOnTheRight, unknownOperation } from './alu-operands.ts';
import { withoutLink } from './linked-scalars.ts';
import { ALU, CLASS, SOURCE_REGISTER } from '../../program/encoding.ts';
import { reservedFields } from '../rules/insn/reserved-fields.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { alu, givesUp, negate, type AluOp } from '../scalar/alu.ts';
import { byteSwap } from '../scalar/byte-swap.ts';
import { signExtend, zeroExtend32 } from '../scalar/cast.ts';
import { forkMask } from '../scalar/fork.ts';
import { constantFromInt, constantFromUint, isConstant, unsignedMax, type Scalar } from '../scalar/scalar.ts';
import { registerOf } from '../state/frame.ts';
import { PLUS_CONSTANT, scalarRegister, UNKNOWN_REGISTER, type Register } from '../state/register.ts';
import { currentFrame } from '../state/state.ts';
import { pushPending } from '../walk/pending.ts';
import { markWritten, readSource, setRegister } from '../walk/registers.ts';
import { frameOf, nextId, readRegister, type Walk } from '../walk/walk.ts';

/** BPF_ADDR_SPACE_CAST. */
const ADDRESS_SPACE_CAST = 1;
const INT32_MAX = 0x7fffffff;

/**
 * Arithmetic: check_alu_op(), kernel/bpf/verifier.c, since there are signed divisions and moves that extend the sign, and
 * numbers that differ by a constant are linked.
 *
 * @throws Rejection
 */
export function executeArithmetic(walk: Walk, opcode: number): void {
  const operation = opcode & 0xf0;
  if (operation === ALU.mov) executeMove(walk, opcode);
  else if (operation === ALU.end || operation === ALU.neg) executeUnary(walk, opcode, operation);
  else if (operation > ALU.end) unknownOperation(opcode);
  else executeBinary(walk, opcode, operation);
}

function executeUnary(walk: Walk, opcode: number, operation: number): void {
  const { code, scalars } = walk.prepared;
  const { insn } = walk;
  const imm = code.imm[insn] ?? 0;
  const isWide = (opcode & 7) === CLASS.alu64;
  const isRegister = (opcode & SOURCE_REGISTER) !== 0;
  const isUnused = code.src[insn] === 0 && code.off[insn] === 0;
  const isValid =
    operation === ALU.neg
      ? !isRegister && imm === 0
      : (imm === 16 || imm === 32 || imm === 64) && !(isWide && isRegister);
  if (!isUnused || !isValid) reject(reservedFields, {});
  const dst = code.dst[insn] ?? 0;
  const { scalar, type } = readSource(walk, dst);
  const cell = markWritten(walk, dst);
  if (type !== 'scalar') {
    cell.register = UNKNOWN_REGISTER;
    return;
  }
  const known =
    operation === ALU.neg
      ? negate(scalars, isWide, scalar)
      : byteSwap(scalars, scalar, imm === 16 ? 16 : imm === 32 ? 32 : 64, isWide || isRegister);
  cell.register = scalarRegister(known);
}

function executeMove(walk: Walk, opcode: number): void {
  const { code } = walk.prepared;
  const { insn } = walk;
  const dst = code.dst[insn] ?? 0;
  const src = code.src[insn] ?? 0;
  const off = code.off[insn] ?? 0;
  const imm = code.imm[insn] ?? 0;
  const isWide = (opcode & 7) === CLASS.alu64;
  if ((opcode & SOURCE_REGISTER) === 0) {
    if (src !== 0 || off !== 0) reject(reservedFields, {});
    markWritten(walk, dst).register = scalarRegister(isWide ? constantFromInt(imm) : constantFromUint(imm >>> 0));
    return;
  }
  if (isWide && off === ADDRESS_SPACE_CAST) {
    if (imm === 1 || imm === 1 << 16) throw new NotModelled('arenas');
    reject(reservedFields, {});
  }
  const isValid = off === 0 || off === 8 || off === 16 || (off === 32 && isWide);
  if (!isValid || imm !== 0) reject(reservedFields, {});
  readSource(walk, src);
  const to = markWritten(walk, dst);
  const from = registerOf(frameOf(walk), src);
  if (isWide && off === 0) {
    assignId(walk, from);
    to.register = from.register;
    return;
  }
  to.register = from.register.type === 'scalar' ? converted(walk, from, off, isWide) : pointerPart(walk, isWide);
}

/** A move that does not take a scalar as it is. It stays linked with its source if that fits. */
function converted(walk: Walk, from: { register: Register }, off: number, isWide: boolean): Register {
  const { scalars } = walk.prepared;
  const max = unsignedMax(from.register.scalar);
  const fits = off === 0 ? max < 2 ** 32 : max < 2 ** (off - 1);
  if (fits) assignId(walk, from);
  const { register } = from;
  const { scalar } = register;
  const bits = off === 8 ? 8 : off === 16 ? 16 : 32;
  const known = off === 0 ? zeroExtend32(scalars, scalar) : signExtend(scalars, scalar, bits, isWide);
  const kept = fits ? register : withoutLink(register);
  return { ...kept, scalar: known };
}

/** Of a pointer only that it was a number of that width is known. */
function pointerPart(walk: Walk, isWide: boolean): Register {
  return isWide ? UNKNOWN_REGISTER : scalarRegister(zeroExtend32(walk.prepared.scalars, UNKNOWN_REGISTER.scalar));
}

/** assign_scalar_id_before_mov(): a number and its copy become known together. */
export function assignId(walk: Walk, cell: { register: Register }): void {
  if (cell.register.type !== 'scalar') return;
  if ((cell.register.id & PLUS_CONSTANT) !== 0) cell.register = withoutLink(cell.register);
  const { register } = cell;
  if (register.id === 0 && !isConstant(register.scalar)) cell.register = { ...register, id: nextId(walk) };
}

function executeBinary(walk: Walk, opcode: number, operation: number): void {
  const { code } = walk.prepared;
  const { insn } = walk;
  const dst = code.dst[insn] ?? 0;
  const src = code.src[insn] ?? 0;
  const off = code.off[insn] ?? 0;
  const imm = code.imm[insn] ?? 0;
  const isRegister = (opcode & SOURCE_REGISTER) !== 0;
  const isDivision = operation === ALU.div || operation === ALU.mod;
  if ((off !== 0 && !(off === 1 && isDivision)) || (isRegister ? imm !== 0 : src !== 0)) reject(reservedFields, {});
  if (isRegister) readSource(walk, src);
  readSource(walk, dst);
  if (!isRegister) checkImmediate(opcode, dst, imm);
  markWritten(walk, dst);
  const plain = binaryOperation(opcode);
  const name = off !== 1 ? plain : operation === ALU.div ? 'sdiv' : 'smod';
  const right = numberOnTheRight(walk, opcode, dst, isRegister ? src : -1, imm);
  if (right !== undefined) setScalar(walk, opcode, name, dst, right, isRegister && src === dst);
}

function setScalar(walk: Walk, opcode: number, name: AluOp, dst: number, right: Scalar, isSelf: boolean): void {
  const { scalars } = walk.prepared;
  const isWide = (opcode & 7) === CLASS.alu64;
  let left = readRegister(walk, dst);
  const fork = forkMask(scalars, name, left.scalar, right);
  if (fork !== undefined) {
    const other = pushPending(walk, walk.insn, walk.insn);
    const cell = registerOf(currentFrame(other), dst);
    cell.register = { ...left, scalar: fork.pushed, ...forkedLink(left, fork.pushed) };
    left = { ...left, scalar: fork.now, ...forkedLink(left, fork.now) };
  }
  const scalar = alu(scalars, name, isWide, left.scalar, right);
  const { precise } = givesUp(scalars, name, isWide, right) ? UNKNOWN_REGISTER : left;
  const isLinked = isWide && name === 'add' && left.id !== 0 && isConstant(right) && !isSelf;
  const { id } = left;
  if (!isLinked || (id & PLUS_CONSTANT) !== 0 || right.valueHi !== 0 || right.valueLo < 0) {
    setRegister(walk, dst, scalarRegister(scalar, 0, precise));
    return;
  }
  const off = right.valueLo & INT32_MAX;
  setRegister(walk, dst, { ...scalarRegister(scalar, id | PLUS_CONSTANT, precise), off });
}

/** __mark_reg_known() takes the id away; __mark_reg32_known() does not. */
function forkedLink({ id, off }: Register, scalar: Scalar): Pick<Register, 'id' | 'off'> {
  return isConstant(scalar) ? { id: 0, off: 0 } : { id, off };
}
