import { accessMapValue } from './map-access.ts';
import { accessMapObject, accessObject } from './object-access.ts';
import { checkPacket, checkPacketWritable } from './packet-access.ts';
import { checkPointerOffset } from './pointer-offset.ts';
import { checkRegion } from './region.ts';
import { checkStackBounds, noteStackDepth, stackFrame } from './stack-access.ts';
import { readStack } from './stack-read.ts';
import { readStackScalars } from './stack-read-scalars.ts';
import { writeStack } from './stack-write.ts';
import { writeStackScalars } from './stack-write-scalars.ts';
import { CLASS, MODE } from '../../program/encoding.ts';
import type { ContextLoad } from '../kernel/contexts.ts';
import { checkSocketAccess } from '../kernel/contexts.ts';
import type { BpfMap } from '../maps/bpf-map.ts';
import { contextAccess } from '../rules/context/invalid-access.rule.ts';
import { bufferAccess } from '../rules/memory/buffer-offset.rule.ts';
import { notAddress } from '../rules/memory/invalid-pointer.rule.ts';
import { misaligned } from '../rules/memory/misaligned.rule.ts';
import { minimumNegative } from '../rules/memory/negative-offset.rule.ts';
import { outOfBounds } from '../rules/memory/out-of-bounds.rule.ts';
import { readOnlyMemory } from '../rules/memory/read-only.rule.ts';
import { socketAccess } from '../rules/socket/invalid-access.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { signExtend, truncate } from '../scalar/cast.ts';
import { isAligned } from '../scalar/compare.ts';
import { isConstantZero, signedMin } from '../scalar/scalar.ts';
import { briefly, target } from '../state/describe.ts';
import { FLAG, mayBeNull, pointer, type Register } from '../state/register.ts';
import { setRegister } from '../walk/registers.ts';
import { nextId, readRegister, unknownScalar, type Walk } from '../walk/walk.ts';

const FLOW_KEYS_BYTES = 56;
/** BPF_LSM_MAC. */
const LSM_MAC = 27;

/**
 * A load or store: check_mem_access(), kernel/bpf/verifier.c.
 *
 * @param number the register that holds the address
 * @param offset of the instruction
 * @param size bytes
 * @param value of a load the register that gets the value, of a store the one that is stored; -1: something unknown
 * @param strict the access must be aligned
 * @throws Rejection if it is not allowed
 */
export function accessMemory(
  walk: Walk,
  number: number,
  offset: number,
  size: 1 | 2 | 4 | 8,
  isWrite: boolean,
  value: number,
  strict: boolean,
): void {
  const register = readRegister(walk, number);
  checkAlignment(number, register, offset, size, strict);
  access(walk, number, register, offset + register.off, size, isWrite, value);
  if (isWrite || value < 0 || size === 8) return;
  const loaded = readRegister(walk, value);
  // A load of less than eight bytes leaves the rest 0.
  if (loaded.type !== 'scalar') return;
  const { scalars } = walk.prepared;
  const scalar = isSignedLoad(walk)
    ? signExtend(scalars, loaded.scalar, size === 1 ? 8 : size === 2 ? 16 : 32, true)
    : truncate(scalars, loaded.scalar, size);
  setRegister(walk, value, { ...loaded, scalar });
}

/** check_ptr_alignment(), on machines that take unaligned accesses: only the stack must be aligned always. */
export function checkAlignment(
  number: number,
  register: Register,
  offset: number,
  size: number,
  strict: boolean,
): void {
  if (size === 1 || (!strict && register.type !== 'stack')) return;
  // NET_IP_ALIGN: packets begin two bytes behind an aligned address.
  const extra = register.type === 'packet' || register.type === 'packet_meta' ? 2 : 0;
  if (!isAligned(register.scalar, register.off + offset + extra, size)) {
    reject(misaligned, { register: number, size }, { registers: [number] });
  }
}

function access(
  walk: Walk,
  number: number,
  register: Register,
  offset: number,
  size: 1 | 2 | 4 | 8,
  isWrite: boolean,
  value: number,
): void {
  switch (register.type) {
    case 'stack':
      accessStack(walk, number, register, offset, size, isWrite, value);
      return;
    case 'map_value':
      if (register.flags !== 0) break;
      accessMapValue(walk, number, register, offset, size, isWrite, value);
      return;
    case 'map_key':
      if (isWrite) reject(readOnlyMemory, { register: number, what: target(register) }, { registers: [number] });
      checkRegion(number, register, offset, size, (register.map as BpfMap).keySize, false);
      loadUnknown(walk, isWrite, value);
      return;
    case 'mem':
      if (mayBeNull(register)) break;
      checkWritable(number, register, isWrite);
      checkRegion(number, register, offset, size, register.memSize, false);
      loadUnknown(walk, isWrite, value);
      return;
    case 'ctx':
      accessContext(walk, number, register, offset, size, isWrite, value);
      return;
    case 'packet':
    case 'packet_meta':
      if (isWrite) checkPacketWritable(walk, number);
      checkPacket(number, register, offset, size, false);
      loadUnknown(walk, isWrite, value);
      return;
    case 'flow_keys':
      if (offset < 0 || offset + size > FLOW_KEYS_BYTES) {
        const values = { size, offset, what: target(register), limit: FLOW_KEYS_BYTES };
        reject(outOfBounds, values, { registers: [number] });
      }
      loadUnknown(walk, isWrite, value);
      return;
    case 'socket':
    case 'sock_common':
    case 'tcp_sock':
    case 'xdp_sock':
      if (register.flags !== 0) break;
      accessSocket(walk, number, register, register.type, offset, size, isWrite, value);
      return;
    case 'tp_buffer':
      checkBuffer(number, register, offset);
      loadUnknown(walk, isWrite, value);
      return;
    case 'btf':
      if (mayBeNull(register)) break;
      accessObject(walk, number, register, offset, size, isWrite, value);
      return;
    case 'map_ptr':
      if (register.flags !== 0) break;
      accessMapObject(walk, number, register, offset, size, isWrite, value);
      return;
    case 'buf':
      if (mayBeNull(register) && walk.prepared.behaviours.bufMayBeNull) break;
      checkWritable(number, register, isWrite);
      checkBuffer(number, register, offset);
      loadUnknown(walk, isWrite, value);
      return;
    default:
  }
  reject(notAddress, { register: number, what: briefly(register), help: helpFor(register) }, { registers: [number] });
}

function helpFor(register: Register): string {
  if (mayBeNull(register)) return 'compare it with NULL first, and use it in the branch where it is not';
  if (register.type === 'scalar') {
    return 'use a pointer that the verifier knows; read other memory with bpf_probe_read_kernel()';
  }
  return 'use a pointer to memory';
}

function loadUnknown(walk: Walk, isWrite: boolean, value: number): void {
  if (!isWrite && value >= 0) setRegister(walk, value, unknownScalar(walk));
}

function checkWritable(number: number, register: Register, isWrite: boolean): void {
  if (isWrite && (register.flags & FLAG.readOnly) !== 0) {
    reject(readOnlyMemory, { register: number, what: target(register) }, { registers: [number] });
  }
}

function accessStack(
  walk: Walk,
  number: number,
  register: Register,
  offset: number,
  size: number,
  isWrite: boolean,
  value: number,
): void {
  checkStackBounds(walk, number, register, offset, size, isWrite);
  if (!walk.prepared.behaviours.growsStackOnAccess) noteStackDepth(walk, stackFrame(walk, register), -offset);
  if (walk.prepared.behaviours.linksScalars) {
    if (isWrite) writeStackScalars(walk, register, offset, size, value);
    else readStackScalars(walk, number, register, offset, size, value);
    return;
  }
  if (isWrite) writeStack(walk, register, offset, size, value);
  else readStack(walk, number, register, offset, size, value);
}

/** check_ctx_access() and what a load gives. */
function accessContext(
  walk: Walk,
  number: number,
  register: Register,
  offset: number,
  size: number,
  isWrite: boolean,
  value: number,
): void {
  checkPointerOffset(number, register, false);
  const { context, program } = walk.prepared;
  if (isSignedLoad(walk)) throw new NotModelled('loads from the context that extend the sign');
  const load = context.access(offset, size, isWrite);
  if (load === 'invalid') {
    const values = { size, offset, progType: program.progType, what: isWrite ? 'written' : 'read' };
    reject(contextAccess, values, { registers: [number] });
  }
  if (!load.isConvertible) walk.inconvertible ??= walk.insn;
  if (!isWrite && value >= 0) setRegister(walk, value, loadedContext(walk, load));
}

function isSignedLoad({ prepared, insn }: Walk): boolean {
  return ((prepared.code.opcode[insn] ?? 0) & 0xe7) === (MODE.memsx | CLASS.ldx);
}

function loadedContext(walk: Walk, load: ContextLoad): Register {
  const { trustsPointers } = walk.prepared.behaviours;
  if (load.kind === 'scalar') return trustsPointers && load.isReturned ? returnedScalar(walk) : unknownScalar(walk);
  const { kind } = load;
  const flags =
    (load.maybeNull ? FLAG.maybeNull : 0) |
    (load.flags.includes('user') ? FLAG.user : 0) |
    (load.flags.includes('percpu') ? FLAG.perCpu : 0) |
    (load.flags.includes('rdonly') ? FLAG.readOnly : 0) |
    (trustsPointers && load.flags.includes('trusted') ? FLAG.trusted : 0) |
    (trustsPointers && load.flags.includes('rcu') ? FLAG.rcu : 0);
  const id = load.maybeNull ? nextId(walk) : 0;
  const { btf } = load;
  if (kind === 'btf') return pointer('btf', { flags, id, btf: btf?.btf, typeId: btf?.typeId ?? 0 });
  return pointer(kind === 'map' ? 'map_ptr' : kind, { flags, id });
}

/** What the hook returned that an LSM program is attached to: get_func_retval_range(). */
function returnedScalar(walk: Walk): Register {
  const { returns, program } = walk.prepared;
  const isMac = program.progType === 'lsm' && program.expectedAttachType === LSM_MAC;
  if (!isMac || returns.kind !== 'range') return unknownScalar(walk);
  throw new NotModelled('what an LSM hook returned');
}

/** check_sock_access(). */
function accessSocket(
  walk: Walk,
  number: number,
  register: Register,
  kind: 'socket' | 'sock_common' | 'tcp_sock' | 'xdp_sock',
  offset: number,
  size: number,
  isWrite: boolean,
  value: number,
): void {
  const registers = [number];
  if (isWrite) reject(readOnlyMemory, { register: number, what: target(register) }, { registers });
  if (signedMin(register.scalar) < 0) reject(minimumNegative, { register: number }, { registers });
  if (checkSocketAccess(kind, offset, size) === undefined) {
    reject(socketAccess, { size, offset, what: target(register) }, { registers });
  }
  if (value >= 0) setRegister(walk, value, unknownScalar(walk));
}

/** __check_buffer_access(). @throws Rejection */
export function checkBuffer(number: number, register: Register, offset: number): void {
  if (offset < 0 || !isConstantZero(register.scalar)) {
    reject(bufferAccess, { register: number }, { registers: [number] });
  }
}
