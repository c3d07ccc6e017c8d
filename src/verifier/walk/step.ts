import type { Walk } from './walk.ts';
import { CALL, CLASS, JUMP, LD_IMM64, MODE, SOURCE_REGISTER } from '../../program/encoding.ts';
import { HELPER } from '../kernel/helper-ids.ts';
import { reservedFields } from '../rules/insn/reserved-fields.rule.ts';
import { unknownOpcode } from '../rules/insn/unknown-opcode.rule.ts';
import { callUnderLock } from '../rules/lock/call.rule.ts';
import { reject } from '../rules/rule.ts';
import { executeAlu } from '../transfer/alu.ts';
import { executeAtomic } from '../transfer/atomic.ts';
import { callHelper } from '../transfer/call-helper.ts';
import { callKfunc } from '../transfer/call-kfunc.ts';
import { isGraphKfunc } from '../transfer/special-kfuncs.ts';
import { callSubprogram } from '../transfer/call-subprogram.ts';
import { executeExit } from '../transfer/exit.ts';
import { executeJump } from '../transfer/jump.ts';
import { executeWideLoad } from '../transfer/load-immediate.ts';
import { executePacketLoad } from '../transfer/load-packet.ts';
import { executeLoad, executeStore, executeStoreImmediate } from '../transfer/load-store.ts';

/**
 * One instruction: the body of do_check(), kernel/bpf/verifier.c.
 *
 * @returns the slot that follows; -1: the path ends
 * @throws Rejection
 */
export function step(walk: Walk): number {
  const { insn } = walk;
  const opcode = walk.prepared.code.opcode[insn] ?? 0;
  switch (opcode & 7) {
    case CLASS.alu:
    case CLASS.alu64:
      executeAlu(walk, opcode);
      return insn + 1;
    case CLASS.ldx:
      executeLoad(walk, opcode);
      return insn + 1;
    case CLASS.stx:
      if ((opcode & 0xe0) === MODE.atomic) executeAtomic(walk, opcode);
      else executeStore(walk, opcode);
      return insn + 1;
    case CLASS.st:
      executeStoreImmediate(walk, opcode);
      return insn + 1;
    case CLASS.jmp:
    case CLASS.jmp32:
      walk.jumps += 1;
      return stepJump(walk, opcode);
    default:
      return stepWide(walk, opcode);
  }
}

function stepJump(walk: Walk, opcode: number): number {
  switch (opcode & 0xf0) {
    case JUMP.call:
      return stepCall(walk, opcode);
    case JUMP.ja:
      return stepAlways(walk, opcode);
    case JUMP.exit:
      if (!isBare(walk, opcode)) reject(reservedFields, {});
      return executeExit(walk);
    default:
      return executeJump(walk, opcode);
  }
}

function stepCall(walk: Walk, opcode: number): number {
  const { code, behaviours } = walk.prepared;
  const { insn } = walk;
  const kind = code.src[insn] ?? 0;
  const isKnown = kind === CALL.helper || kind === CALL.subprogram || kind === CALL.kfunc;
  const isUnused = code.dst[insn] === 0 && (kind === CALL.kfunc || code.off[insn] === 0);
  if (!isKnown || !isUnused || (opcode & SOURCE_REGISTER) !== 0 || (opcode & 7) === CLASS.jmp32) {
    reject(reservedFields, {});
  }
  if (behaviours.locksHaveOwners) checkCallUnderLock(walk, kind);
  else if (walk.state.spinLock !== 0 && !(kind === CALL.helper && code.imm[insn] === HELPER.spin_unlock)) {
    reject(callUnderLock, {});
  }
  if (kind === CALL.subprogram) return callSubprogram(walk);
  return kind === CALL.kfunc ? callKfunc(walk) : callHelper(walk);
}

/** Functions of the program may be called under a lock, and kfuncs that work on lists and trees. */
function checkCallUnderLock(walk: Walk, kind: number): void {
  if (walk.state.lockOwner === undefined || kind === CALL.subprogram) return;
  const { code, kfuncs, kernel } = walk.prepared;
  if (kind === CALL.helper && code.imm[walk.insn] === HELPER.spin_unlock) return;
  const kfunc = kind === CALL.kfunc ? kfuncs[walk.insn] : undefined;
  if (kfunc !== undefined && kfunc.btf === kernel.vmlinux && isGraphKfunc(kfunc.name)) return;
  reject(callUnderLock, {});
}

function stepAlways(walk: Walk, opcode: number): number {
  const { code, behaviours } = walk.prepared;
  const { insn } = walk;
  const isLong = (opcode & 7) === CLASS.jmp32;
  const isUnused = code.src[insn] === 0 && code.dst[insn] === 0 && (opcode & SOURCE_REGISTER) === 0;
  const other = isLong ? code.off[insn] : code.imm[insn];
  if (!isUnused || other !== 0 || (isLong && !behaviours.longJumps)) reject(reservedFields, {});
  return insn + 1 + ((isLong ? code.imm[insn] : code.off[insn]) ?? 0);
}

/** BPF_EXIT uses no field but the opcode, and the kernel does not look at `off`. */
function isBare(walk: Walk, opcode: number): boolean {
  const { code } = walk.prepared;
  const { insn } = walk;
  return (
    (opcode & SOURCE_REGISTER) === 0 &&
    (opcode & 7) === CLASS.jmp &&
    code.imm[insn] === 0 &&
    code.src[insn] === 0 &&
    code.dst[insn] === 0
  );
}

function stepWide(walk: Walk, opcode: number): number {
  const mode = opcode & 0xe0;
  if (mode === MODE.abs || mode === MODE.ind) return executePacketLoad(walk, opcode);
  if (mode !== MODE.imm) reject(unknownOpcode, { opcode: `0x${opcode.toString(16).padStart(2, '0')}` });
  executeWideLoad(walk, opcode);
  return walk.insn + (opcode === LD_IMM64 ? 2 : 1);
}
