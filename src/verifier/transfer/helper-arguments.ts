import type { CallMeta } from './call-meta.ts';
import { dynptrAt, dynptrReference, isNoDynptr } from './dynptr.ts';
import { checkMemoryArgument, checkSizedMemory, type MemoryUse } from './helper-memory.ts';
import { accepts, acceptsTrusted, expectation, takesMemory } from './helper-types.ts';
import { checkKptrType } from './kptr-access.ts';
import { checkMapAccess } from './map-access.ts';
import { checkAlignment } from './memory.ts';
import { checkArgumentOffset } from './argument-offset.ts';
import { useKptr, useSpinLock, useTimer } from './special-fields.ts';
import { constantOffset } from './offsets.ts';
import { findIdByName } from '../../btf/find.ts';
import { HELPER } from '../kernel/helper-ids.ts';
import type { HelperArgument, HelperArgumentType } from '../kernel/helpers.ts';
import type { KernelBtf } from '../kernel/kernel.ts';
import type { BpfMap } from '../maps/bpf-map.ts';
import { dynptrInitialized } from '../rules/dynptr/initialized.rule.ts';
import { dynptrUninitialized } from '../rules/dynptr/uninitialized.rule.ts';
import { helperArgumentType } from '../rules/helper/argument-type.rule.ts';
import { notConstantSize } from '../rules/helper/constant-size.rule.ts';
import { constantString } from '../rules/helper/constant-string.rule.ts';
import { helperMisconfigured } from '../rules/helper/no-map.rule.ts';
import { helperObjectType } from '../rules/helper/object-type.rule.ts';
import { helperPacket } from '../rules/helper/packet-argument.rule.ts';
import { sockmapArgument } from '../rules/helper/sockmap-value.rule.ts';
import { stringWithoutEnd } from '../rules/helper/string-end.rule.ts';
import { releaseUnreferenced } from '../rules/ref/release-unreferenced.rule.ts';
import { twoReferences } from '../rules/ref/two-arguments.rule.ts';
import { timerMismatch } from '../rules/timer/map.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { constantNumber, isConstant } from '../scalar/scalar.ts';
import { briefly } from '../state/describe.ts';
import { FLAG, isNull, isPacketPointer, type Register } from '../state/register.ts';
import { typesMatch } from '../types/ids-match.ts';
import { markPrecise } from '../walk/precision.ts';
import { readSource } from '../walk/registers.ts';
import type { Walk } from '../walk/walk.ts';

/**
 * One argument of a helper: check_func_arg(), kernel/bpf/verifier.c.
 *
 * @param index from 0; the argument is in R1 to R5
 * @throws Rejection
 */
export function checkHelperArgument(walk: Walk, index: number, argument: HelperArgument, meta: CallMeta): void {
  const number = index + 1;
  const register = readSource(walk, number);
  if (argument.type === 'anything') return;
  const values = { argument: number, helper: meta.helper.name };
  if (isPacketPointer(register) && !mayPassPacket(walk, meta)) reject(helperPacket, values, { registers: [number] });
  const type = resolveType(argument, meta);
  const mayBeNull = argument.flags.includes('maybe_null');
  if (isNull(register) && mayBeNull) {
    if (walk.prepared.behaviours.nullPrecise) markPrecise(walk, number);
  } else {
    checkType(walk, number, type, argument, register, meta);
    checkArgumentOffset(number, register, {
      isRelease: argument.flags.includes('release'),
      whateverItIs: walk.prepared.behaviours.trustsPointers,
      isDynptr: type === 'ptr_to_dynptr',
      isAllocated: type === 'ptr_to_alloc_mem',
    });
  }
  noteReferences(walk, number, argument, register, meta);
  useArgument(walk, number, type, argument, register, meta);
}

/** may_access_direct_pkt_data() for arguments. */
function mayPassPacket(walk: Walk, meta: CallMeta): boolean {
  const { typeInfo } = walk.prepared;
  return typeInfo.directPacketRead && meta.helper.packetAccess;
}

/** resolve_map_arg_type(). */
function resolveType(argument: HelperArgument, meta: CallMeta): HelperArgumentType {
  if (argument.type !== 'ptr_to_map_value') return argument.type;
  const { map, helper } = meta;
  if (map === undefined) reject(helperMisconfigured, { argument: 0, helper: helper.name });
  if (map.type !== 'sockmap' && map.type !== 'sockhash') return argument.type;
  if (argument.flags.length > 0) reject(sockmapArgument, { helper: helper.name });
  return 'ptr_to_btf_id_sock_common';
}

/** check_reg_type(). */
function checkType(
  walk: Walk,
  number: number,
  type: HelperArgumentType,
  argument: HelperArgument,
  register: Register,
  meta: CallMeta,
): void {
  const helper = meta.helper.name;
  const registers = [number];
  const { trustsPointers } = walk.prepared.behaviours;
  const isAccepted = trustsPointers ? acceptsTrusted(type, argument, register) : accepts(type, argument, register);
  if (isAccepted === undefined) throw new NotModelled(`argument ${String(number)} of bpf_${helper}() (${type})`);
  if (!isAccepted) {
    const values = { argument: number, helper, what: briefly(register), expected: expectation(type) };
    reject(helperArgumentType, values, { registers });
  }
  const { btf } = register;
  if (register.type !== 'btf' || btf === undefined) return;
  if (!trustsPointers && register.flags !== 0) return;
  if (trustsPointers && !checkTrustedObject(number, type, argument, register, meta)) return;
  if (meta.helper.id === HELPER.kptr_xchg) {
    if (meta.kptr !== undefined) checkKptrType(walk, meta.kptr, number, register);
    return;
  }
  const expected = type === 'ptr_to_btf_id_sock_common' ? 'sock_common' : argument.btf;
  if (expected === undefined) throw new NotModelled(`which object argument ${String(number)} of bpf_${helper}() is`);
  const strict = argument.flags.includes('release') && meta.helper.id !== HELPER.sk_release;
  if (!isStruct(walk, btf, register, expected, strict)) {
    const values = { argument: number, helper, what: briefly(register), expected };
    reject(helperObjectType, values, { registers });
  }
}

/**
 * What is asked of an object besides its type.
 *
 * @returns whether the type is asked for, too
 */
function checkTrustedObject(
  number: number,
  type: HelperArgumentType,
  argument: HelperArgument,
  register: Register,
  meta: CallMeta,
): boolean {
  const values = { argument: number, helper: meta.helper.name, what: briefly(register), expected: expectation(type) };
  if (takesMemory(type)) {
    if (!argument.flags.includes('rdonly')) reject(helperArgumentType, values, { registers: [number] });
    return false;
  }
  if ((register.flags & FLAG.perCpu) !== 0) return false;
  const nullAllowed = argument.flags.includes('maybe_null') && !argument.flags.includes('release');
  const isKnown = (register.flags & ~(FLAG.trusted | FLAG.rcu | FLAG.maybeNull)) === 0;
  if (!isKnown) throw new NotModelled(`${briefly(register)} for a helper`);
  if ((register.flags & FLAG.maybeNull) !== 0 && !nullAllowed)
    reject(helperArgumentType, values, { registers: [number] });
  return true;
}

function isStruct(walk: Walk, btf: KernelBtf, register: Register, name: string, strict: boolean): boolean {
  const { kernel, behaviours } = walk.prepared;
  const typeId = findIdByName(kernel.vmlinux.btf, name, 'struct');
  if (typeId === undefined) throw new NotModelled(`the kernel's BTF has no struct ${name}`);
  const have = { btf, typeId: register.typeId };
  return typesMatch(have, register.off, { btf: kernel.vmlinux, typeId }, strict, behaviours);
}

function noteReferences(
  walk: Walk,
  number: number,
  argument: HelperArgument,
  register: Register,
  meta: CallMeta,
): void {
  if (argument.flags.includes('release')) {
    const holds =
      argument.type === 'ptr_to_dynptr'
        ? dynptrReference(walk, register) !== 0
        : register.refId !== 0 || isNull(register);
    if (!holds) {
      const values = { function: `bpf_${meta.helper.name}`, argument: `argument ${String(number)}` };
      reject(releaseUnreferenced, values, { registers: [number] });
    }
    meta.releases = number;
  }
  if (register.refId === 0) return;
  if (meta.refId !== 0) reject(twoReferences, { register: number }, { registers: [number] });
  meta.refId = register.refId;
}

/** What is particular to a type of argument: the rest of check_func_arg(). */
function useArgument(
  walk: Walk,
  number: number,
  type: HelperArgumentType,
  argument: HelperArgument,
  register: Register,
  meta: CallMeta,
): void {
  const { helper } = meta;
  switch (type) {
    case 'const_map_ptr':
      if (meta.map !== undefined && (meta.map !== register.map || meta.mapUid !== register.mapUid)) {
        reject(timerMismatch, { argument: number }, { registers: [number] });
      }
      meta.map = register.map;
      meta.mapUid = register.mapUid;
      return;
    case 'ptr_to_map_key': {
      const { keySize } = mapOf(meta, number);
      checkMemoryArgument(walk, number, keySize, { isWrite: false, zeroAllowed: false, raw: undefined });
      return;
    }
    case 'ptr_to_map_value':
      if (argument.flags.includes('maybe_null') && isNull(register)) return;
      checkMemoryArgument(walk, number, mapOf(meta, number).valueSize, memoryUse(walk, argument, meta, false));
      return;
    case 'ptr_to_percpu_btf_id':
      meta.btf = register.btf;
      meta.typeId = register.typeId;
      return;
    case 'ptr_to_spin_lock':
      useSpinLock(walk, number, register, helper.id === HELPER.spin_lock);
      return;
    case 'ptr_to_timer':
      useTimer(number, register, meta);
      return;
    case 'ptr_to_func':
      meta.subprogram = register.subprogram;
      return;
    case 'ptr_to_mem':
      meta.isRaw = argument.flags.includes('uninit');
      if (argument.size !== undefined) useFixedSize(walk, number, argument, register, argument.size, meta);
      return;
    case 'const_size':
    case 'const_size_or_zero': {
      const memory = helper.args[number - 2] ?? argument;
      const use = memoryUse(walk, memory, meta, type === 'const_size_or_zero');
      meta.maxSize = checkSizedMemory(walk, number, use);
      return;
    }
    case 'ptr_to_dynptr':
      if (register.type !== 'dynptr') useDynptr(walk, number, argument, register, meta);
      return;
    case 'const_alloc_size_or_zero':
      if (!isConstant(register.scalar)) reject(notConstantSize, { register: number }, { registers: [number] });
      meta.memSize = constantNumber(register.scalar) >>> 0;
      if (walk.prepared.behaviours.allocationSizePrecise) markPrecise(walk, number);
      return;
    case 'ptr_to_int':
    case 'ptr_to_long':
      useFixedSize(walk, number, argument, register, type === 'ptr_to_int' ? 4 : 8, meta);
      return;
    case 'ptr_to_const_str':
      useString(number, register, helper.name);
      return;
    case 'ptr_to_kptr':
      useKptr(number, register, meta);
      return;
    default:
  }
}

function mapOf(meta: CallMeta, number: number): BpfMap {
  if (meta.map === undefined) reject(helperMisconfigured, { argument: number, helper: meta.helper.name });
  return meta.map;
}

/** Whether an argument's memory is written, and whether it is only filled. */
function memoryUse(walk: Walk, argument: HelperArgument, meta: CallMeta, zeroAllowed: boolean): MemoryUse {
  const isRaw = argument.flags.includes('uninit');
  const isWrite = walk.prepared.behaviours.helpersDeclareWrites ? isRaw || argument.flags.includes('write') : isRaw;
  return { isWrite, zeroAllowed, raw: isRaw ? meta.raw : undefined };
}

function useFixedSize(
  walk: Walk,
  number: number,
  argument: HelperArgument,
  register: Register,
  size: number,
  meta: CallMeta,
): void {
  // ARG_PTR_TO_INT and ARG_PTR_TO_LONG go by what the memory argument before them was.
  const isOld = argument.type !== 'ptr_to_mem';
  const use = isOld
    ? { isWrite: meta.isRaw, zeroAllowed: false, raw: meta.isRaw ? meta.raw : undefined }
    : memoryUse(walk, argument, meta, false);
  checkMemoryArgument(walk, number, size, use);
  if (isOld || argument.flags.includes('aligned')) checkAlignment(number, register, 0, size, true);
}

function useDynptr(walk: Walk, number: number, argument: HelperArgument, register: Register, meta: CallMeta): void {
  const values = { argument: number, helper: meta.helper.name };
  if (argument.flags.includes('uninit')) {
    if (!isNoDynptr(walk, register)) reject(dynptrInitialized, values, { registers: [number] });
    meta.makesDynptr = number;
    return;
  }
  const dynptr = dynptrAt(walk, register);
  const wanted = argument.flags.includes('dynptr_local')
    ? 'local'
    : argument.flags.includes('dynptr_ringbuf')
      ? 'ringbuf'
      : undefined;
  if (dynptr === undefined || (wanted !== undefined && dynptr.type !== wanted)) {
    const kind = wanted === undefined ? 'dynamic pointer' : `${wanted} dynamic pointer`;
    reject(dynptrUninitialized, { ...values, kind }, { registers: [number] });
  }
}

/** ARG_PTR_TO_CONST_STR. */
function useString(number: number, register: Register, helper: string): void {
  const map = register.map as BpfMap;
  const refuse = (why: string): never =>
    reject(constantString, { argument: number, helper, why }, { registers: [number] });
  if (!map.readOnlyForProgram || !map.frozen) refuse('its map can change');
  if (!isConstant(register.scalar)) refuse('its address is not constant');
  if (map.type !== 'array' || map.maxEntries !== 1) refuse('its map has no direct access');
  checkMapAccess(number, register, register.off, map.valueSize - register.off, false, false);
  const contents = map.contents;
  if (contents === undefined) throw new NotModelled(`what map ${map.spec.name} holds`);
  if (!contents.subarray(constantOffset(register)).includes(0)) {
    reject(stringWithoutEnd, { argument: number, helper }, { registers: [number] });
  }
}
