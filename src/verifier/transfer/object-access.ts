import { loadedFlags } from './object-trust.ts';
import { nameOf } from '../../btf/btf.ts';
import { findIdByName } from '../../btf/find.ts';
import type { KernelBtf } from '../kernel/kernel.ts';
import { isGplCompatible } from '../kernel/license.ts';
import { MAP_STRUCTS } from '../kernel/map-structs.ts';
import { mayWriteObject } from '../kernel/object-writes.ts';
import { objectAccess } from '../rules/object/invalid-access.rule.ts';
import { mapObjectAccess } from '../rules/object/map.rule.ts';
import { objectNegative } from '../rules/object/negative-offset.rule.ts';
import { objectPerCpu } from '../rules/object/per-cpu.rule.ts';
import { objectReadOnly } from '../rules/object/read-only.rule.ts';
import { objectWithoutGpl } from '../rules/object/gpl.rule.ts';
import { objectUser } from '../rules/object/user-memory.rule.ts';
import { objectVariable } from '../rules/object/variable-offset.rule.ts';
import { negative, NotModelled, reject } from '../rules/rule.ts';
import { isConstantZero } from '../scalar/scalar.ts';
import { FLAG, pointer, type Register } from '../state/register.ts';
import { accessStruct } from '../types/struct-access.ts';
import { setRegister } from '../walk/registers.ts';
import { nextId, unknownScalar, type Walk } from '../walk/walk.ts';

/**
 * A load from an object of the kernel: check_ptr_to_btf_access(), kernel/bpf/verifier.c.
 *
 * @param offset with the pointer's own
 * @param value the register that is loaded; -1: none
 * @throws Rejection
 */
export function accessObject(
  walk: Walk,
  number: number,
  register: Register,
  offset: number,
  size: number,
  isWrite: boolean,
  value: number,
): void {
  const btf = register.btf as KernelBtf;
  const { trustsPointers } = walk.prepared.behaviours;
  const type = nameOf(btf.btf, register.typeId);
  const registers = [number];
  if (trustsPointers && !isGplCompatible(walk.prepared.program.license)) {
    reject(objectWithoutGpl, { type, license: walk.prepared.program.license }, { registers });
  }
  if (offset < 0) reject(objectNegative, { type, offset }, { registers });
  if (!isConstantZero(register.scalar)) reject(objectVariable, { type }, { registers });
  if ((register.flags & FLAG.user) !== 0) reject(objectUser, { register: number, type }, { registers });
  if ((register.flags & FLAG.perCpu) !== 0) reject(objectPerCpu, { register: number, type }, { registers });
  if (trustsPointers && (register.flags & FLAG.own) !== 0) throw new NotModelled("objects of the program's own");
  if (isWrite) {
    if (trustsPointers && (register.flags & FLAG.untrusted) !== 0)
      reject(objectReadOnly, { type, offset }, { registers });
    const { kernel, program } = walk.prepared;
    if (mayWriteObject(kernel.version, program.progType, btf.btf, type, register.typeId, offset, size)) return;
    reject(objectReadOnly, { type, offset }, { registers });
  }
  const isUntrusted = (register.flags & FLAG.untrusted) !== 0;
  loadMember(walk, btf, register.typeId, offset, size, value, isUntrusted, registers, register);
}

/** btf_struct_access() and mark_btf_ld_reg(). */
function loadMember(
  walk: Walk,
  btf: KernelBtf,
  typeId: number,
  offset: number,
  size: number,
  value: number,
  isUntrusted: boolean,
  registers: readonly number[],
  object?: Register,
): void {
  const { behaviours } = walk.prepared;
  const found = accessStruct(btf.btf, typeId, offset, size, behaviours);
  if (found.kind === 'refused') {
    const type = nameOf(btf.btf, typeId);
    reject(objectAccess, { size, offset, type, why: found.why }, { registers, errno: negative(found.errno) });
  }
  if (value < 0) return;
  if (found.kind === 'scalar') {
    setRegister(walk, value, unknownScalar(walk));
    return;
  }
  if (behaviours.trustsPointers) {
    const flags =
      object === undefined ? found.flags : loadedFlags(walk, object, found.field, found.typeId, found.flags);
    const id = (flags & FLAG.maybeNull) === 0 ? 0 : nextId(walk);
    setRegister(walk, value, pointer('btf', { flags, btf, typeId: found.typeId, id }));
    return;
  }
  const flags = found.flags | (isUntrusted ? FLAG.untrusted : 0);
  setRegister(walk, value, pointer('btf', { flags, btf, typeId: found.typeId }));
}

/** A load from the kernel's own view of a map: check_ptr_to_map_access(). @throws Rejection */
export function accessMapObject(
  walk: Walk,
  number: number,
  register: Register,
  offset: number,
  size: number,
  isWrite: boolean,
  value: number,
): void {
  const { kernel } = walk.prepared;
  const map = register.map;
  const type = map?.type ?? '';
  const struct = mapStruct(walk, type);
  if (struct === undefined) reject(mapObjectAccess, { type }, { registers: [number] });
  if (offset < 0) reject(objectNegative, { type: struct.name, offset }, { registers: [number] });
  if (isWrite) reject(objectReadOnly, { type: struct.name, offset }, { registers: [number] });
  loadMember(walk, kernel.vmlinux, struct.typeId, offset, size, value, false, [number]);
}

/** The struct that implements a type of maps (map_btf_id of its bpf_map_ops). */
function mapStruct(walk: Walk, type: string): { readonly name: string; readonly typeId: number } | undefined {
  const name = MAP_STRUCTS[type];
  if (name === undefined) return undefined;
  const typeId = findIdByName(walk.prepared.kernel.vmlinux.btf, name, 'struct');
  if (typeId === undefined) throw new NotModelled(`the kernel's BTF has no struct ${name}`);
  return { name, typeId };
}
