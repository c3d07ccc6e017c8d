import { accessMemory } from './memory.ts';
import { accessBytes, MODE } from '../../program/encoding.ts';
import { reservedFields } from '../rules/insn/reserved-fields.rule.ts';
import { differentPointers } from '../rules/memory/different-pointers.rule.ts';
import { readOnlyMemory } from '../rules/memory/read-only.rule.ts';
import { reject } from '../rules/rule.ts';
import { target } from '../state/describe.ts';
import { FLAG, type RegisterType } from '../state/register.ts';
import { markWritten, readSource } from '../walk/registers.ts';
import { readRegister, type Walk } from '../walk/walk.ts';

/** BPF_LDX. @throws Rejection */
export function executeLoad(walk: Walk, opcode: number): void {
  const { code } = walk.prepared;
  const { insn } = walk;
  const src = code.src[insn] ?? 0;
  const dst = code.dst[insn] ?? 0;
  readSource(walk, src);
  markWritten(walk, dst);
  const { type, flags } = readRegister(walk, src);
  accessMemory(walk, src, code.off[insn] ?? 0, accessBytes(opcode), false, dst, false);
  checkSamePointer(walk, type, flags, walk.prepared.behaviours.trustsPointers);
}

/** BPF_STX but for atomic operations. @throws Rejection */
export function executeStore(walk: Walk, opcode: number): void {
  const { code } = walk.prepared;
  const { insn } = walk;
  if ((opcode & 0xe0) !== MODE.mem || code.imm[insn] !== 0) reject(reservedFields, {});
  const src = code.src[insn] ?? 0;
  const dst = code.dst[insn] ?? 0;
  readSource(walk, src);
  readSource(walk, dst);
  const { type, flags } = readRegister(walk, dst);
  accessMemory(walk, dst, code.off[insn] ?? 0, accessBytes(opcode), true, src, false);
  checkSamePointer(walk, type, flags);
}

/** BPF_ST. @throws Rejection */
export function executeStoreImmediate(walk: Walk, opcode: number): void {
  const { code } = walk.prepared;
  const { insn } = walk;
  if ((opcode & 0xe0) !== MODE.mem || code.src[insn] !== 0) reject(reservedFields, {});
  const dst = code.dst[insn] ?? 0;
  const register = readSource(walk, dst);
  const { type, flags } = register;
  if (type === 'ctx' && !walk.prepared.behaviours.contextTakesImmediates) {
    reject(readOnlyMemory, { register: dst, what: target(register) }, { registers: [dst] });
  }
  accessMemory(walk, dst, code.off[insn] ?? 0, accessBytes(opcode), true, -1, false);
  if (walk.prepared.behaviours.contextTakesImmediates) checkSamePointer(walk, type, flags);
}

/** Pointer types whose accesses the kernel rewrites: reg_type_mismatch_ok() is false for them. */
function isRewritten(type: RegisterType): boolean {
  return (
    type === 'ctx' ||
    type === 'socket' ||
    type === 'sock_common' ||
    type === 'tcp_sock' ||
    type === 'xdp_sock' ||
    type === 'btf'
  );
}

/** An instruction that is rewritten for one kind of pointer serves for no other: reg_type_mismatch(). */
function checkSamePointer(walk: Walk, type: RegisterType, flags: number, isLoad = false): void {
  const before = walk.pointerTypes[walk.insn];
  if (before === undefined) {
    walk.pointerTypes[walk.insn] = { type, flags };
    return;
  }
  if (before.type === type && before.flags === flags) return;
  if (isRewritten(type) || isRewritten(before.type)) {
    // Loads through an object are made safe where the object may be gone on one of the paths.
    if (isLoad && type === 'btf' && before.type === 'btf') {
      walk.pointerTypes[walk.insn] = { type, flags: FLAG.untrusted };
      return;
    }
    reject(differentPointers, { what: kindOfPointer(type), before: kindOfPointer(before.type) });
  }
}

function kindOfPointer(type: RegisterType): string {
  return type === 'btf' ? 'an object' : `a ${type.replace('_', ' ')} pointer`;
}
