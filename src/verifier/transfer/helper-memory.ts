import { checkMapAccess, checkMapDirection } from './map-access.ts';
import { accessMemory, checkBuffer } from './memory.ts';
import { accessObject } from './object-access.ts';
import { checkPacket } from './packet-access.ts';
import { checkRegion } from './region.ts';
import { checkStackRange, type RawMemory } from './stack-range.ts';
import type { BpfMap } from '../maps/bpf-map.ts';
import { helperMemoryType } from '../rules/helper/memory.rule.ts';
import { sizeNegative } from '../rules/helper/negative-size.rule.ts';
import { sizeUnbounded } from '../rules/helper/unbounded-size.rule.ts';
import { readOnlyMemory } from '../rules/memory/read-only.rule.ts';
import { zeroSizedRead } from '../rules/stack/zero-size.rule.ts';
import { reject } from '../rules/rule.ts';
import { isConstant, signedMin, unsignedMax, unsignedMin } from '../scalar/scalar.ts';
import { briefly, target } from '../state/describe.ts';
import { registerOf } from '../state/frame.ts';
import { FLAG, isNull, mayBeNull, type Register } from '../state/register.ts';
import { withoutNull } from './null-check.ts';
import { markPrecise } from '../walk/precision.ts';
import { frameOf, readRegister, type Walk } from '../walk/walk.ts';

/** BPF_MAX_VAR_SIZ. */
const MAX_SIZE = 2 ** 29;

/** How a helper or kfunc uses memory that it gets. */
export interface MemoryUse {
  readonly isWrite: boolean;
  readonly zeroAllowed: boolean;
  /** The memory is only filled, so it need not be initialized; where it is, is noted down here. */
  readonly raw: RawMemory | undefined;
}

/**
 * A helper or kfunc may use so many bytes at a register: check_helper_mem_access(), kernel/bpf/verifier.c.
 *
 * @throws Rejection if not
 */
export function checkMemoryArgument(walk: Walk, number: number, size: number, use: MemoryUse): void {
  const register = readRegister(walk, number);
  const { off } = register;
  switch (register.type) {
    case 'packet':
    case 'packet_meta':
      checkPacket(number, register, off, size, use.zeroAllowed);
      return;
    case 'map_key':
      if (use.isWrite) refuseWrite(number, register);
      checkRegion(number, register, off, size, (register.map as BpfMap).keySize, false);
      return;
    case 'map_value':
      checkMapDirection(register.map as BpfMap, use.isWrite);
      checkMapAccess(number, register, off, size, use.zeroAllowed, false);
      return;
    case 'mem':
      if (use.isWrite && (register.flags & FLAG.readOnly) !== 0) refuseWrite(number, register);
      checkRegion(number, register, off, size, register.memSize, use.zeroAllowed);
      return;
    case 'buf':
      if (use.isWrite && (register.flags & FLAG.readOnly) !== 0) refuseWrite(number, register);
      checkBuffer(number, register, off);
      return;
    case 'stack':
      checkStackRange(walk, number, register, off, size, {
        forHelper: true,
        raw: use.raw,
        zeroAllowed: use.zeroAllowed,
      });
      return;
    case 'btf':
      if (!walk.prepared.behaviours.trustsPointers) break;
      accessObject(walk, number, register, off, size, false, -1);
      return;
    case 'ctx':
      if (walk.prepared.contextIsMemory) {
        checkContextArgument(walk, number, size, use);
        return;
      }
      break;
    default:
  }
  if (use.zeroAllowed && size === 0 && isNull(register)) return;
  reject(helperMemoryType, { register: number, what: briefly(register), size }, { registers: [number] });
}

/** From v6.1 on: the context of a program type whose context is memory. */
function checkContextArgument(walk: Walk, number: number, size: number, use: MemoryUse): void {
  if (size === 0) {
    if (!use.zeroAllowed) reject(zeroSizedRead, { register: number }, { registers: [number] });
    return;
  }
  accessMemory(walk, number, size - 1, 1, use.isWrite, -1, false);
}

function refuseWrite(number: number, register: Register): never {
  reject(readOnlyMemory, { register: number, what: target(register) }, { registers: [number] });
}

/**
 * A helper or kfunc may use as many bytes at a register as the next one says: check_mem_size_reg().
 *
 * @param number the register with the size
 * @returns the largest size
 * @throws Rejection if not
 */
export function checkSizedMemory(walk: Walk, number: number, use: MemoryUse): number {
  const { scalar } = readRegister(walk, number);
  const registers = [number];
  // Of unknown size: all of it has to be initialized. Until v6.1 that it is written was forgotten along with that.
  const variable = isConstant(scalar) ? use : { ...use, raw: undefined, isWrite: keepsWrite(walk, use) };
  if (signedMin(scalar) < 0) reject(sizeNegative, { register: number }, { registers });
  if (walk.prepared.behaviours.zeroSizeAtOnce) {
    if (unsignedMin(scalar) === 0 && !use.zeroAllowed) reject(zeroSizedRead, { register: number }, { registers });
  } else if (unsignedMin(scalar) === 0) {
    checkMemoryArgument(walk, number - 1, 0, variable);
  }
  const max = unsignedMax(scalar);
  if (max >= MAX_SIZE) reject(sizeUnbounded, { register: number }, { registers });
  checkMemoryArgument(walk, number - 1, max, variable);
  markPrecise(walk, number);
  return max;
}

function keepsWrite(walk: Walk, use: MemoryUse): boolean {
  return walk.prepared.behaviours.helpersDeclareWrites && use.isWrite;
}

/** Memory of a fixed size for a kfunc or global function, read and written: check_mem_reg(). @throws Rejection */
export function checkFixedMemory(walk: Walk, number: number, size: number): void {
  if (isNull(readRegister(walk, number))) return;
  asNotNull(walk, number, () => {
    checkMemoryArgument(walk, number, size, { isWrite: false, zeroAllowed: true, raw: undefined });
    checkMemoryArgument(walk, number, size, writeUse(walk));
  });
}

/**
 * Memory and its size for a kfunc, read and written: check_kfunc_mem_size_reg().
 *
 * @param number the register with the size
 * @throws Rejection
 */
export function checkKfuncMemory(walk: Walk, number: number): void {
  asNotNull(walk, number - 1, () => {
    checkSizedMemory(walk, number, { isWrite: false, zeroAllowed: true, raw: undefined });
    checkSizedMemory(walk, number, writeUse(walk));
  });
}

/** Until v6.1 memory that is written counts as memory that is filled. */
function writeUse(walk: Walk): MemoryUse {
  const raw = walk.prepared.behaviours.helpersDeclareWrites ? undefined : { register: 0, size: 0 };
  return { isWrite: true, zeroAllowed: true, raw };
}

/** Looks at a register as if it were not NULL. */
function asNotNull(walk: Walk, number: number, look: () => void): void {
  const cell = registerOf(frameOf(walk), number);
  const saved = cell.register;
  if (mayBeNull(saved)) cell.register = withoutNull(saved);
  look();
  if (mayBeNull(saved)) cell.register = saved;
}
