import { executeLinkedJump } from './jump-linked.ts';
import { comparison, narrow } from './jump-operands.ts';
import { isPacketBranchTaken, matchPacketPointers } from './packet-range.ts';
import { markNullBranch } from './null-check.ts';
import { CLASS, SOURCE_REGISTER } from '../../program/encoding.ts';
import { reservedFields } from '../rules/insn/reserved-fields.rule.ts';
import { reject } from '../rules/rule.ts';
import { branchTaken, refine, type JumpOp } from '../scalar/branch.ts';
import { constantFromInt, isConstant, isSubregConstant, type Scalar } from '../scalar/scalar.ts';
import { registerOf } from '../state/frame.ts';
import { isPacketPointerOrEnd, mayBeNull, type Register } from '../state/register.ts';
import { currentFrame, eachCell, type State } from '../state/state.ts';
import { pushPending } from '../walk/pending.ts';
import { markPrecise } from '../walk/precision.ts';
import { readSource } from '../walk/registers.ts';
import { readRegister, recordPath, type Walk } from '../walk/walk.ts';

/**
 * A conditional jump: check_cond_jmp_op(), kernel/bpf/verifier.c. Where both ways are possible one is left for later.
 *
 * @returns the slot that follows
 * @throws Rejection
 */
export function executeJump(walk: Walk, opcode: number): number {
  const { code, behaviours } = walk.prepared;
  const { insn } = walk;
  if (behaviours.linksScalars) return executeLinkedJump(walk, opcode);
  const op = comparison(opcode);
  const dst = code.dst[insn] ?? 0;
  const src = code.src[insn] ?? 0;
  const isRegister = (opcode & SOURCE_REGISTER) !== 0;
  if (behaviours.jumpChecksDestinationFirst) readSource(walk, dst);
  if (isRegister) {
    if (code.imm[insn] !== 0) reject(reservedFields, {});
    readSource(walk, src);
  } else if (src !== 0) {
    reject(reservedFields, {});
  }
  if (!behaviours.jumpChecksDestinationFirst) readSource(walk, dst);
  const is64 = (opcode & 7) === CLASS.jmp;
  const next = insn + 1;
  const target = next + (code.off[insn] ?? 0);

  const left = readRegister(walk, dst);
  const right = isRegister ? readRegister(walk, src) : undefined;
  const constant = right === undefined ? constantFromInt(code.imm[insn] ?? 0) : undefined;
  const known = decide(walk, op, is64, left, right, constant);
  if (known >= 0) {
    if (left.type === 'scalar') markPrecise(walk, dst);
    if (right?.type === 'scalar') markPrecise(walk, src);
    return known === 1 ? target : next;
  }
  const other = pushPending(walk, target, insn);
  recordPath(walk.state, insn, next, 'not-taken');
  recordPath(other, insn, target, 'taken');
  refineBranches(walk, op, is64, dst, isRegister ? src : -1, constant, other);
  const isEquality = op === 'jeq' || op === 'jne';
  if (is64 && !isRegister && code.imm[insn] === 0 && isEquality && mayBeNull(left)) {
    markNullBranch(walk.state, dst, op === 'jne');
    markNullBranch(other, dst, op === 'jeq');
  } else if (is64 && isRegister) {
    matchPacketPointers(op, dst, src, walk.state, other);
  }
  return next;
}

/** is_branch_taken() and is_pkt_ptr_branch_taken(): 1 taken, 0 not taken, -1 not known. */
function decide(
  walk: Walk,
  op: JumpOp,
  is64: boolean,
  left: Register,
  right: Register | undefined,
  constant: Scalar | undefined,
): 1 | 0 | -1 {
  if (constant !== undefined) return decideConstant(walk, op, is64, left, constant);
  if (right === undefined) return -1;
  if (right.type === 'scalar') {
    const isKnown = is64 ? isConstant(right.scalar) : isSubregConstant(right.scalar);
    return isKnown ? decideConstant(walk, op, is64, left, right.scalar) : -1;
  }
  if (is64 && isPacketPointerOrEnd(left) && isPacketPointerOrEnd(right)) return isPacketBranchTaken(left, right, op);
  return -1;
}

/** is_branch_taken(): of pointers only that some are not NULL is known. */
function decideConstant(walk: Walk, op: JumpOp, is64: boolean, left: Register, constant: Scalar): 1 | 0 | -1 {
  if (left.type === 'scalar') return branchTaken(walk.prepared.scalars, op, is64, left.scalar, constant);
  if (!isNeverNull(left)) return -1;
  const isZero = constant.valueLo === 0 && (constant.valueHi === 0 || !is64);
  if (!isZero) return -1;
  if (op === 'jeq') return 0;
  return op === 'jne' ? 1 : -1;
}

/** reg_type_not_null(). */
function isNeverNull({ type, flags }: Register): boolean {
  if (flags !== 0) return false;
  return (
    type === 'socket' || type === 'tcp_sock' || type === 'map_value' || type === 'map_key' || type === 'sock_common'
  );
}

/** What the comparison tells of its operands, and of all that is equal to them: reg_set_min_max() and the like. */
function refineBranches(
  walk: Walk,
  op: JumpOp,
  is64: boolean,
  dst: number,
  src: number,
  constant: Scalar | undefined,
  other: State,
): void {
  const left = readRegister(walk, dst);
  const right = src < 0 ? undefined : readRegister(walk, src);
  if (left.type !== 'scalar') return;
  const against = constant ?? (right?.type === 'scalar' ? right.scalar : undefined);
  if (against === undefined) return;
  const { taken, fallthrough } = refine(walk.prepared.scalars, op, is64, left.scalar, against);
  narrow(walk.state, dst, fallthrough.dst);
  narrow(other, dst, taken.dst);
  if (right !== undefined && src !== dst) {
    narrow(walk.state, src, fallthrough.src);
    narrow(other, src, taken.src);
  }
  if (right !== undefined && right.id !== 0) {
    spreadEqual(walk.state, src);
    spreadEqual(other, src);
  }
  if (left.id !== 0) {
    spreadEqual(walk.state, dst);
    spreadEqual(other, dst);
  }
}

/** find_equal_scalars(): what is known of a scalar is known of its copies. */
function spreadEqual(state: State, number: number): void {
  const known = registerOf(currentFrame(state), number).register;
  eachCell(state, (cell) => {
    if (cell.register.type === 'scalar' && cell.register.id === known.id) cell.register = known;
  });
}
