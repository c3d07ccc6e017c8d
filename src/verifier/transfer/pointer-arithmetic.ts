import { ALU, CLASS } from '../../program/encoding.ts';
import { pointer32 } from '../rules/alu/pointer-32-bit.rule.ts';
import { pointerMayBeNull } from '../rules/alu/pointer-may-be-null.rule.ts';
import { insaneOffset } from '../rules/alu/pointer-offset.rule.ts';
import { pointerOperation } from '../rules/alu/pointer-operation.rule.ts';
import { pointerFixed } from '../rules/alu/pointer-type.rule.ts';
import { subtractsFromStack } from '../rules/alu/subtract-from-stack.rule.ts';
import { subtractsPointer } from '../rules/alu/subtract-pointer.rule.ts';
import { reject } from '../rules/rule.ts';
import { pointerAdd, pointerKeep, pointerSub } from '../scalar/pointer.ts';
import { formatScalar } from '../scalar/format.ts';
import {
  constantNumber,
  isConstant,
  signedMax,
  signedMin,
  unsignedMax,
  unsignedMin,
  type Scalar,
} from '../scalar/scalar.ts';
import { briefly } from '../state/describe.ts';
import { isPacketPointer, mayBeNull, type Register } from '../state/register.ts';
import { setRegister } from '../walk/registers.ts';
import { nextId, unknownScalar, type Walk } from '../walk/walk.ts';

/** BPF_MAX_VAR_OFF. */
const MAX_VARIABLE_OFFSET = 2 ** 29;
const S64_MIN = -(2 ** 63);

/**
 * A number is added to a pointer, or subtracted from it: adjust_ptr_min_max_vals(), kernel/bpf/verifier.c, for programs
 * that may leak pointers.
 *
 * @param target the register that gets the result
 * @param pointer the pointer, in the target or in the source register
 * @param isTargetPointer whether the target held the pointer
 * @param opcode of the instruction
 * @throws Rejection
 */
export function movePointer(
  walk: Walk,
  target: number,
  pointer: Register,
  offset: Scalar,
  isTargetPointer: boolean,
  opcode: number,
): void {
  const isKnown = isConstant(offset);
  if (hasInvalidBounds(offset, isKnown)) {
    // On a path that is never taken.
    setRegister(walk, target, unknownScalar(walk));
    return;
  }
  const operation = opcode & 0xf0;
  if ((opcode & 7) !== CLASS.alu64) {
    if (operation !== ALU.sub) reject(pointer32, { register: target }, { registers: [target] });
    setRegister(walk, target, unknownScalar(walk));
    return;
  }
  if (mayBeNull(pointer)) {
    reject(pointerMayBeNull, { register: target, what: briefly(pointer) }, { registers: [target] });
  }
  checkMovable(walk, target, pointer, offset, isKnown, operation);
  checkSane(target, 0, offset);
  checkSane(target, pointer.off, pointer.scalar);
  const moved =
    operation === ALU.add
      ? add(walk, pointer, offset, isKnown)
      : subtract(walk, target, pointer, offset, isKnown, isTargetPointer, operation);
  checkSane(target, moved.off, moved.scalar);
  const isWhole = isTargetPointer || walk.prepared.behaviours.wholePointerToDestination;
  // Until v6.1 a number that a pointer is added to becomes that pointer, but without its reference and frame.
  setRegister(walk, target, isWhole ? moved : { ...moved, refId: 0, frame: 0 });
}

function hasInvalidBounds(offset: Scalar, isKnown: boolean): boolean {
  const { sminLo, sminHi, smaxLo, smaxHi, uminLo, uminHi, umaxLo, umaxHi } = offset;
  if (isKnown) return sminLo !== smaxLo || sminHi !== smaxHi || uminLo !== umaxLo || uminHi !== umaxHi;
  return signedMin(offset) > signedMax(offset) || unsignedMin(offset) > unsignedMax(offset);
}

function checkMovable(
  walk: Walk,
  target: number,
  pointer: Register,
  offset: Scalar,
  isKnown: boolean,
  operation: number,
): void {
  switch (pointer.type) {
    case 'flow_keys':
      if (isKnown || !walk.prepared.behaviours.flowKeysConstantOffset) return;
      break;
    case 'map_ptr':
      if (isKnown && constantNumber(offset) === 0 && operation === ALU.add) return;
      break;
    case 'packet_end':
    case 'socket':
    case 'sock_common':
    case 'tcp_sock':
    case 'xdp_sock':
      break;
    default:
      return;
  }
  reject(pointerFixed, { register: target, what: briefly(pointer) }, { registers: [target] });
}

/** check_reg_sane_offset(). */
function checkSane(target: number, off: number, scalar: Scalar): void {
  const min = signedMin(scalar);
  const isSane =
    !(isConstant(scalar) && Math.abs(constantNumber(scalar)) >= MAX_VARIABLE_OFFSET) &&
    Math.abs(off) < MAX_VARIABLE_OFFSET &&
    min !== S64_MIN &&
    Math.abs(min) < MAX_VARIABLE_OFFSET;
  if (isSane) return;
  const offset = Math.abs(off) < MAX_VARIABLE_OFFSET ? formatScalar(scalar) : String(off);
  reject(insaneOffset, { register: target, offset }, { registers: [target] });
}

function add(walk: Walk, pointer: Register, offset: Scalar, isKnown: boolean): Register {
  const off = pointer.off + signedMin(offset);
  if (isKnown && off === (off | 0))
    return { ...pointer, off, scalar: pointerKeep(walk.prepared.scalars, pointer.scalar) };
  const scalar = pointerAdd(walk.prepared.scalars, pointer.scalar, offset);
  // What is known to be there lies behind the old place.
  if (isPacketPointer(pointer)) return { ...pointer, scalar, id: nextId(walk), range: 0 };
  return { ...pointer, scalar };
}

function subtract(
  walk: Walk,
  target: number,
  pointer: Register,
  offset: Scalar,
  isKnown: boolean,
  isTargetPointer: boolean,
  operation: number,
): Register {
  const registers = [target];
  if (operation !== ALU.sub) {
    reject(pointerOperation, { register: target, operation: operationName(operation) }, { registers });
  }
  if (!isTargetPointer) reject(subtractsPointer, { register: target }, { registers });
  if (pointer.type === 'stack') reject(subtractsFromStack, { register: target }, { registers });
  const off = pointer.off - signedMin(offset);
  if (isKnown && off === (off | 0))
    return { ...pointer, off, scalar: pointerKeep(walk.prepared.scalars, pointer.scalar) };
  const scalar = pointerSub(walk.prepared.scalars, pointer.scalar, offset);
  if (!isPacketPointer(pointer)) return { ...pointer, scalar };
  const range = signedMin(offset) < 0 ? 0 : pointer.range;
  return { ...pointer, scalar, id: nextId(walk), range };
}

/** An operation as C writes it. */
export function operationName(operation: number): string {
  return OPERATIONS[operation] ?? '?';
}

const OPERATIONS: Readonly<Record<number, string>> = {
  [ALU.add]: '+=',
  [ALU.sub]: '-=',
  [ALU.mul]: '*=',
  [ALU.div]: '/=',
  [ALU.or]: '|=',
  [ALU.and]: '&=',
  [ALU.lsh]: '<<=',
  [ALU.rsh]: '>>=',
  [ALU.neg]: 'negation',
  [ALU.mod]: '%=',
  [ALU.xor]: '^=',
  [ALU.arsh]: 's>>=',
};
