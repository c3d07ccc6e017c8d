import { acquire } from './acquire.ts';
import { callBack, callBackInLoop } from './callbacks.ts';
import { createMeta, type CallMeta } from './call-meta.ts';
import { dynptrReference, endDynptr, makeDynptr } from './dynptr.ts';
import { checkHelperArgument } from './helper-arguments.ts';
import { helperResult } from './helper-result.ts';
import { describeReference, findLeak } from './leaks.ts';
import { accessMemory } from './memory.ts';
import { forgetPackets } from './packet-access.ts';
import { releaseById } from './release.ts';
import { ACQUIRE_HELPERS, CALLBACK_HELPERS, CAST_HELPERS, HELPER, SIZED_RESULT_HELPERS } from '../kernel/helper-ids.ts';
import { isHelperForMap } from '../kernel/helper-maps.ts';
import { findHelper, helperName, type HelperPrototype } from '../kernel/helpers.ts';
import { dynptrFromMem } from '../rules/dynptr/from-mem.rule.ts';
import { getFuncIp } from '../rules/helper/get-func-ip.rule.ts';
import { helperGpl } from '../rules/helper/gpl-only.rule.ts';
import { localStorageFlags } from '../rules/helper/local-storage-flags.rule.ts';
import { helperMapType } from '../rules/helper/map-type.rule.ts';
import { helperSleeps } from '../rules/helper/might-sleep.rule.ts';
import { helperNotAllowed } from '../rules/helper/not-allowed.rule.ts';
import { sleepsInSection } from '../rules/section/sleeps.rule.ts';
import { helperUnknown } from '../rules/helper/unknown.rule.ts';
import { releaseUnknown } from '../rules/ref/release-unknown.rule.ts';
import { mapWriteForbidden } from '../rules/map-access/write.rule.ts';
import { callUnderLock } from '../rules/lock/call.rule.ts';
import { sectionOpen } from '../rules/section/open.rule.ts';
import { setRetval } from '../rules/helper/set-retval.rule.ts';
import { tailCallLeak } from '../rules/ref/tail-call.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { clampSigned } from '../scalar/cast.ts';
import { constantNumber, isConstant, unsignedMax } from '../scalar/scalar.ts';
import { briefly } from '../state/describe.ts';
import { registerOf, type Frame } from '../state/frame.ts';
import { isNull, mayBeNull } from '../state/register.ts';
import { markPrecise } from '../walk/precision.ts';
import { clearCallerSaved } from '../walk/registers.ts';
import { frameOf, nextId, readRegister, type Walk } from '../walk/walk.ts';
import { isGplCompatible } from '../kernel/license.ts';

/** What a dynamic pointer takes of the stack. */
const DYNPTR_BYTES = 16;
const MAX_ERRNO = 4095;
/** BPF_LSM_CGROUP. */
const LSM_CGROUP = 43;
/** bpf_prog_has_trampoline(): fentry, fexit, fmod_ret. */
const TRAMPOLINES = new Set([24, 25, 26]);

/**
 * A call of a helper: check_helper_call(), kernel/bpf/verifier.c.
 *
 * @returns the slot that follows: of a helper that calls back the first of that function
 * @throws Rejection
 */
export function callHelper(walk: Walk): number {
  const { insn } = walk;
  const helper = findPrototype(walk, walk.prepared.code.imm[insn] ?? 0);
  if (walk.prepared.behaviours.trustsPointers) checkSection(walk, helper);
  const meta = createMeta(helper);
  for (const [index, argument] of helper.args.entries()) checkHelperArgument(walk, index, argument, meta);
  checkMapUse(walk, meta);
  notePreciseKey(walk, meta);
  for (let at = 0; at < meta.raw.size; at++) accessMemory(walk, meta.raw.register, at, 1, true, -1, false);
  makeAndRelease(walk, meta);
  checkParticulars(walk, meta);
  if (CALLBACK_HELPERS.has(helper.id)) {
    if (!walk.prepared.behaviours.walksCallbacksAsLoops) return callBack(walk, meta);
    callBackInLoop(walk, meta);
  }
  finish(walk, meta, frameOf(walk));
  return insn + 1;
}

function findPrototype(walk: Walk, id: number): HelperPrototype {
  const { helpers, program, caller } = walk.prepared;
  const found = findHelper(helpers, id, caller);
  if (found === 'unsupported') throw new NotModelled(`which helpers programs of type ${program.progType} may call`);
  if (found === 'unknown-id') reject(helperUnknown, { helper: id });
  if (found === 'not-allowed') {
    reject(helperNotAllowed, { progType: program.progType, helper: helperName(helpers, id) });
  }
  if (found.gplOnly && !isGplCompatible(program.license)) {
    reject(helperGpl, { helper: found.name, license: program.license });
  }
  if (found.mightSleep && !program.sleepable) reject(helperSleeps, { helper: found.name });
  return found;
}

/** Within a read section of RCU, or without preemption, nothing sleeps. */
function checkSection(walk: Walk, helper: HelperPrototype): void {
  const { inRcu, preemptOff } = walk.state;
  if (helper.mightSleep && (inRcu || preemptOff > 0)) reject(sleepsInSection, { function: helper.name });
  if (helper.id === HELPER.get_smp_processor_id) throw new NotModelled('how many CPUs there are');
  const takesDynptr =
    helper.args.some(({ type }) => type === 'ptr_to_dynptr') || helper.id === HELPER.user_ringbuf_drain;
  if (takesDynptr) throw new NotModelled('dynamic pointers');
}

/** record_func_map(). */
function checkMapUse(walk: Walk, meta: CallMeta): void {
  const { map, helper } = meta;
  if (map === undefined) return;
  const writes: readonly number[] = [
    HELPER.map_delete_elem,
    HELPER.map_update_elem,
    HELPER.map_push_elem,
    HELPER.map_pop_elem,
  ];
  if (map.readOnlyForProgram && writes.includes(helper.id)) reject(mapWriteForbidden, { map: map.spec.name });
  const known = walk.mapUses[walk.insn];
  walk.mapUses[walk.insn] = known === undefined || known === map ? map : 'several';
}

/** record_func_key(): a tail call to a constant index is made a direct jump. */
function notePreciseKey(walk: Walk, { helper, map }: CallMeta): void {
  if (helper.id !== HELPER.tail_call || map?.type !== 'prog_array') return;
  const key = readRegister(walk, 3);
  if (key.type === 'scalar' && isConstant(key.scalar) && unsignedMax(key.scalar) < map.maxEntries) markPrecise(walk, 3);
}

function makeAndRelease(walk: Walk, meta: CallMeta): void {
  const { helper, makesDynptr, releases } = meta;
  if (makesDynptr > 0) {
    for (let at = 0; at < DYNPTR_BYTES; at += 8) accessMemory(walk, makesDynptr, at, 8, true, -1, false);
    const type = helper.args[makesDynptr - 1]?.flags.includes('dynptr_ringbuf') === true ? 'ringbuf' : 'local';
    if (!makeDynptr(walk, readRegister(walk, makesDynptr), type, walk.insn)) {
      throw new NotModelled('a dynamic pointer at the end of the stack');
    }
  }
  if (releases === 0) return;
  const register = readRegister(walk, releases);
  const isReleased =
    helper.args[releases - 1]?.type === 'ptr_to_dynptr'
      ? endDynptr(walk, register)
      : meta.refId !== 0
        ? releaseById(walk, meta.refId)
        : isNull(register);
  if (!isReleased) {
    reject(releaseUnknown, { function: `bpf_${helper.name}`, reference: meta.refId }, { registers: [releases] });
  }
}

/** What single helpers ask for. */
function checkParticulars(walk: Walk, meta: CallMeta): void {
  const { helper } = meta;
  switch (helper.id) {
    case HELPER.tail_call: {
      const { state } = walk;
      const { behaviours } = walk.prepared;
      if (behaviours.locksHaveOwners && state.lockOwner !== undefined) reject(callUnderLock, {});
      const leak = findLeak(walk);
      if (leak !== undefined) reject(tailCallLeak, describeReference(walk, leak));
      if (state.inRcu || state.preemptOff > 0) reject(sectionOpen, { where: 'a tail call' });
      return;
    }
    case HELPER.set_retval:
      checkReturnIsSet(walk);
      return;
    case HELPER.get_local_storage:
      if (!isNull(readRegister(walk, 2))) reject(localStorageFlags, {});
      if (walk.prepared.behaviours.nullPrecise) markPrecise(walk, 2);
      return;
    case HELPER.dynptr_from_mem: {
      const register = readRegister(walk, 1);
      if (register.type !== 'map_value' || register.flags !== 0) {
        reject(dynptrFromMem, { what: briefly(register) }, { registers: [1] });
      }
      return;
    }
    case HELPER.dynptr_data:
      meta.refId = meta.refId === 0 ? dynptrOf(walk) : meta.refId;
      return;
    case HELPER.snprintf: {
      const { scalar } = readRegister(walk, 5);
      if (constantNumber(scalar) % 8 !== 0) throw new NotModelled('the size of the arguments of bpf_snprintf()');
      throw new NotModelled('the format string of bpf_snprintf()');
    }
    default:
  }
}

/** A program of a cgroup that is attached to an LSM hook without a return value. */
function checkReturnIsSet({ prepared: { attached, program } }: Walk): void {
  const isVoid = program.progType === 'lsm' && 'prototype' in attached && attached.prototype.returns === 0;
  if (isVoid && program.expectedAttachType === LSM_CGROUP) reject(setRetval, { hook: attached.name });
}

function dynptrOf(walk: Walk): number {
  const register = readRegister(walk, 1);
  return register.type === 'stack' ? dynptrReference(walk, register) : 0;
}

/**
 * What follows the call: R0 to R5 are gone, R0 has the result.
 *
 * @param frame of the caller, which is not the current one where a callback was entered
 */
export function finish(walk: Walk, meta: CallMeta, frame: Frame): void {
  const { helper, map } = meta;
  const { program, behaviours } = walk.prepared;
  clearCallerSaved(walk, frame);
  let result = helperResult(walk, meta);
  if (mayBeNull(result)) result = { ...result, id: nextId(walk) };
  if (CAST_HELPERS.has(helper.id) || helper.id === HELPER.dynptr_data) {
    result = { ...result, refId: meta.refId };
  } else if (acquires(meta)) {
    const id = acquire(walk, walk.insn);
    result = { ...result, id, refId: id };
  }
  if (helper.returns.type === 'integer' && SIZED_RESULT_HELPERS.has(helper.id)) {
    result = { ...result, scalar: clampSigned(walk.prepared.scalars, result.scalar, -MAX_ERRNO, meta.maxSize) };
  }
  registerOf(frame, 0).register = result;
  if (map !== undefined && !isHelperForMap(helper.id, map.type, program, behaviours)) {
    reject(helperMapType, { helper: helper.name, type: map.type });
  }
  if (helper.id === HELPER.get_func_ip) checkFuncIp(walk);
  if (helper.changesPacket) forgetPackets(walk);
}

/** is_acquire_function(). */
function acquires({ helper, map }: CallMeta): boolean {
  if (ACQUIRE_HELPERS.has(helper.id)) return true;
  return helper.id === HELPER.map_lookup_elem && (map?.type === 'sockmap' || map?.type === 'sockhash');
}

/** check_get_func_ip(). */
function checkFuncIp(walk: Walk): void {
  const { program } = walk.prepared;
  const { progType } = program;
  if (progType === 'kprobe' || (progType === 'tracing' && TRAMPOLINES.has(program.expectedAttachType))) return;
  reject(getFuncIp, { progType });
}
