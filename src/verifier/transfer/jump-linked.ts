import { comparison, narrow } from './jump-operands.ts';
import { isPacketBranchTaken, matchPacketPointers } from './packet-range.ts';
import { linkScalars, spreadLinked } from './linked-scalars.ts';
import { markNullBranch, withoutNull } from './null-check.ts';
import { isTrusted } from './trust.ts';
import { CLASS, SOURCE_REGISTER } from '../../program/encoding.ts';
import { reservedFields } from '../rules/insn/reserved-fields.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { branchTaken, flipOp, refine, type JumpOp } from '../scalar/branch.ts';
import { constantFromInt, isConstant, signedMax, signedMin, type Scalar } from '../scalar/scalar.ts';
import { isPacketPointerOrEnd, mayBeNull, type Register } from '../state/register.ts';
import { currentFrame, type State } from '../state/state.ts';
import { DID, remember } from '../walk/history.ts';
import { pushPending } from '../walk/pending.ts';
import { markPrecise } from '../walk/precision.ts';
import { readSource } from '../walk/registers.ts';
import { readRegister, recordPath, type Walk } from '../walk/walk.ts';

/** BPF_JCOND. */
const CONDITIONAL_GOTO = 0xe0;
/** BPF_MAX_VAR_OFF. */
const MAX_VARIABLE_OFFSET = 2 ** 29;

/**
 * A conditional jump: check_cond_jmp_op(), kernel/bpf/verifier.c, since what it learns of a number it learns of all that
 * differ from it by a constant, and backtracking knows of them.
 *
 * @returns the slot that follows
 * @throws Rejection
 */
export function executeLinkedJump(walk: Walk, opcode: number): number {
  const { code } = walk.prepared;
  const { insn } = walk;
  if ((opcode & 0xf0) === CONDITIONAL_GOTO) throw new NotModelled('may_goto');
  const op = comparison(opcode);
  const dst = code.dst[insn] ?? 0;
  const src = code.src[insn] ?? 0;
  const isRegister = (opcode & SOURCE_REGISTER) !== 0;
  const left = readSource(walk, dst);
  if (isRegister) {
    if (code.imm[insn] !== 0) reject(reservedFields, {});
    readSource(walk, src);
  } else if (src !== 0) {
    reject(reservedFields, {});
  }
  const is64 = (opcode & 7) === CLASS.jmp;
  const next = insn + 1;
  const target = next + (code.off[insn] ?? 0);
  const right = isRegister ? readRegister(walk, src) : undefined;
  const did = (left.type === 'stack' ? DID.dstIsStack : 0) | (right?.type === 'stack' ? DID.srcIsStack : 0);
  if (did !== 0) remember(walk, did, 0);
  const constant = constantFromInt(code.imm[insn] ?? 0);
  const known = decide(walk, op, is64, left, right, constant, dst === src);
  if (known >= 0) {
    if (left.type === 'scalar') markPrecise(walk, dst);
    if (right?.type === 'scalar') markPrecise(walk, src);
    return known === 1 ? target : next;
  }
  const linked = linkScalars(walk, dst, isRegister ? src : -1);
  if (linked.length > 1) remember(walk, 0, walk.linked.push(linked));
  const other = pushPending(walk, target, insn);
  recordPath(walk.state, insn, next, 'not-taken');
  recordPath(other, insn, target, 'taken');
  refineBranches(walk, op, is64, dst, isRegister ? src : -1, constant, other, linked);
  if (is64 && isRegister) comparePointers(walk, op, dst, src, other);
  const isEquality = op === 'jeq' || op === 'jne';
  if (is64 && !isRegister && code.imm[insn] === 0 && isEquality && mayBeNull(readRegister(walk, dst))) {
    markNullBranch(walk.state, dst, op === 'jne');
    markNullBranch(other, dst, op === 'jeq');
  } else if (is64 && isRegister) {
    matchPacketPointers(op, dst, src, walk.state, other);
  }
  return next;
}

/** is_branch_taken(): 1 taken, 0 not taken, -1 not known. */
function decide(
  walk: Walk,
  op: JumpOp,
  is64: boolean,
  left: Register,
  right: Register | undefined,
  constant: Scalar,
  isSelf: boolean,
): 1 | 0 | -1 {
  const { scalars } = walk.prepared;
  if (right === undefined) {
    if (left.type === 'scalar') return branchTaken(scalars, op, is64, left.scalar, constant);
    return is64 ? decideNull(op, left, constant) : -1;
  }
  if (is64 && isPacketPointerOrEnd(left) && isPacketPointerOrEnd(right)) return isPacketBranchTaken(left, right, op);
  if (left.type === 'scalar' && right.type === 'scalar') {
    return branchTaken(scalars, op, is64, left.scalar, right.scalar, isSelf);
  }
  if (!is64) return -1;
  if (right.type === 'scalar' && isConstant(right.scalar)) return decideNull(op, left, right.scalar);
  if (left.type === 'scalar' && isConstant(left.scalar)) return decideNull(flipOp(op), right, left.scalar);
  return -1;
}

function decideNull(op: JumpOp, pointer: Register, constant: Scalar): 1 | 0 | -1 {
  if (!isNeverNull(pointer) || constant.valueLo !== 0 || constant.valueHi !== 0) return -1;
  if (op === 'jeq') return 0;
  return op === 'jne' ? 1 : -1;
}

/** reg_not_null(). */
function isNeverNull(register: Register): boolean {
  const { scalar } = register;
  if (mayBeNull(register)) return false;
  if (signedMin(scalar) <= -MAX_VARIABLE_OFFSET || signedMax(scalar) >= MAX_VARIABLE_OFFSET) return false;
  switch (register.type) {
    case 'socket':
    case 'tcp_sock':
    case 'xdp_sock':
    case 'buf':
    case 'map_value':
    case 'map_key':
    case 'sock_common':
    case 'mem':
      return true;
    case 'map_ptr':
      return true;
    case 'btf':
      return isTrusted(register);
    default:
      return false;
  }
}

/** What the comparison tells of its operands, and of all that are linked with them: reg_set_min_max() and so on. */
function refineBranches(
  walk: Walk,
  op: JumpOp,
  is64: boolean,
  dst: number,
  src: number,
  constant: Scalar,
  other: State,
  linked: readonly number[],
): void {
  const left = readRegister(walk, dst);
  const right = src < 0 ? undefined : readRegister(walk, src);
  const isPair = left.type === 'scalar' && (right === undefined || right.type === 'scalar');
  if (isPair) {
    const against = right?.scalar ?? constant;
    const { taken, fallthrough } = refine(walk.prepared.scalars, op, is64, left.scalar, against, src === dst);
    narrow(walk.state, dst, fallthrough.dst);
    narrow(other, dst, taken.dst);
    if (right !== undefined && src !== dst) {
      narrow(walk.state, src, fallthrough.src);
      narrow(other, src, taken.src);
    }
  }
  const { scalars } = walk.prepared;
  if (right?.type === 'scalar' && right.id !== 0) {
    spreadLinked(scalars, walk.state, src, linked);
    spreadLinked(scalars, other, src, linked);
  }
  if (left.type === 'scalar' && left.id !== 0) {
    spreadLinked(scalars, walk.state, dst, linked);
    spreadLinked(scalars, other, dst, linked);
  }
}

/** A pointer that equals one which is not NULL is not NULL. */
function comparePointers(walk: Walk, op: JumpOp, dst: number, src: number, other: State): void {
  if (op !== 'jeq' && op !== 'jne') return;
  const left = readRegister(walk, dst);
  const right = readRegister(walk, src);
  if (left.type === 'scalar' || right.type === 'scalar' || left.type === 'btf' || right.type === 'btf') return;
  const frame = currentFrame(op === 'jeq' ? other : walk.state);
  if (isNeverNull(left) && mayBeNull(right)) setNotNull(frame.registers[src]);
  if (isNeverNull(right) && mayBeNull(left)) setNotNull(frame.registers[dst]);
}

function setNotNull(cell: { register: Register } | undefined): void {
  if (cell !== undefined) cell.register = withoutNull(cell.register);
}
