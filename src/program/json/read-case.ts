import type { FunctionStart, MapDefinition, ProgramCase } from '../../../generated/types/program.ts';
import type { Btf } from '../../btf/btf.ts';
import { findIdByName, findIdsByName } from '../../btf/find.ts';
import { typeAt } from '../../btf/read-type.ts';
import { decodeCode, type Code } from '../code.ts';
import type { MapCase } from '../map-case.ts';
import { PSEUDO, CALL, LD_IMM64, CALL_OPCODE } from '../encoding.ts';
import type { AttachTarget, KfuncCall, MapReference, MapSpec, Program, ProgramFunction } from '../program.ts';
import type { ProgramJsonOptions } from './parse-program-json.ts';
import { ProgramJsonError, type JsonProblem } from './program-json-error.ts';

/** What is read, with what is wrong with it so far. */
interface Reading {
  readonly data: ProgramCase;
  readonly btf: Btf | undefined;
  readonly complain: (pointer: string, message: string) => void;
}

/** Makes a program, or operations on maps, of a document that fits the schema. @throws ProgramJsonError `reference` */
export function readCase(data: ProgramCase, options: ProgramJsonOptions): Program | MapCase {
  const problems: JsonProblem[] = [];
  const complain = (pointer: string, message: string): void => void problems.push({ pointer, message });
  const name = data.btf ?? undefined;
  const btf = name === undefined ? undefined : options.btfOf(name);
  if (name !== undefined && btf === undefined) complain('/btf', `there is no BTF ${name}`);
  const reading = { data, btf, complain };
  const result = data.kind === 'map' ? readMapCase(reading) : readProgram(reading);
  if (problems.length > 0) throw new ProgramJsonError('reference', options, problems);
  return result;
}

function readMapCase(reading: Reading): MapCase {
  const { data, btf, complain } = reading;
  const maps = readMaps(reading);
  const ops = (data.ops ?? []).map(({ op, map, arg = 0 }, index) => {
    if (map >= maps.length) complain(`/ops/${String(index)}/map`, noMap(map, maps));
    if (op === 'put_inner' && arg >= maps.length) complain(`/ops/${String(index)}/arg`, noMap(arg, maps));
    return { op, map, arg };
  });
  return { id: data.id, maps, btf, ops };
}

function readProgram(reading: Reading): Program {
  const { data } = reading;
  const code = decodeCode(bytesOfHex(data.insns ?? ''));
  const maps = readMaps(reading);
  const functions = readFunctions(reading, code);
  return {
    id: data.id,
    progType: data.prog_type ?? '',
    expectedAttachType: data.expected_attach_type ?? 0,
    attach: readAttach(reading),
    sleepable: data.sleepable ?? false,
    license: data.license ?? 'GPL',
    code,
    kfuncCalls: readKfuncCalls(reading, code),
    mapReferences: readMapReferences(reading, code, maps),
    kernelVariables: new Map(),
    maps,
    btf: functions.length === 0 ? undefined : reading.btf,
    functions,
    lines: [],
  };
}

function readAttach({ data, complain }: Reading): AttachTarget | undefined {
  const { attach_func: name, attach_struct: struct, attach_member: member } = data;
  if (name !== undefined && struct !== undefined) complain('/attach_struct', 'there is attach_func already');
  if (struct === undefined && member !== undefined) complain('/attach_struct', 'attach_member needs it');
  if (struct !== undefined && member === undefined) complain('/attach_member', 'attach_struct needs it');
  if (struct !== undefined && member !== undefined) return { kind: 'member', struct, member };
  return name === undefined ? undefined : { kind: 'function', name };
}

function readKfuncCalls({ data, complain }: Reading, code: Code): ReadonlyMap<number, KfuncCall> {
  const calls = new Map<number, KfuncCall>();
  for (const [key, name] of Object.entries(data.kfunc_calls ?? {})) {
    const slot = Number(key);
    if (code.opcode[slot] !== CALL_OPCODE || code.src[slot] !== CALL.kfunc) {
      complain(`/kfunc_calls/${key}`, notA('call of a kfunc', slot, code));
    }
    calls.set(slot, { name, weak: false });
  }
  return calls;
}

function readMapReferences(
  { data, complain }: Reading,
  code: Code,
  maps: readonly MapSpec[],
): ReadonlyMap<number, MapReference> {
  const references = new Map<number, MapReference>();
  for (const [key, map] of Object.entries(data.map_refs ?? {})) {
    const slot = Number(key);
    const isValue = code.src[slot] === PSEUDO.mapValue;
    const isLoad = code.opcode[slot] === LD_IMM64 && slot + 1 < code.length;
    if (!isLoad || (!isValue && code.src[slot] !== PSEUDO.mapFd)) {
      complain(`/map_refs/${key}`, notA('load of a map', slot, code));
    }
    if (map >= maps.length) complain(`/map_refs/${key}`, noMap(map, maps));
    references.set(slot, { map, valueOffset: isValue ? (code.imm[slot + 1] ?? 0) >>> 0 : undefined });
  }
  return references;
}

function readMaps(reading: Reading): readonly MapSpec[] {
  return (reading.data.maps ?? []).map((map, index) => readMap(reading, map, index));
}

function readMap({ data, btf, complain }: Reading, map: MapDefinition, index: number): MapSpec {
  const pointer = `/maps/${String(index)}`;
  const valueType = map.value_type ?? undefined;
  const innerMap = map.inner_map ?? undefined;
  const valueTypeId = valueType === undefined || btf === undefined ? undefined : findIdByName(btf, valueType, 'struct');
  if (valueType !== undefined && valueTypeId === undefined) {
    const where = btf === undefined ? 'and no BTF is given' : `and BTF ${data.btf ?? ''} has no such struct`;
    complain(`${pointer}/value_type`, `struct ${valueType}, ${where}`);
  }
  if (innerMap !== undefined && innerMap >= index) {
    complain(`${pointer}/inner_map`, `expected the position of a map before this one, found ${String(innerMap)}`);
  }
  return {
    name: map.name ?? '',
    type: map.type,
    keySize: map.key_size,
    valueSize: map.value_size,
    maxEntries: map.max_entries,
    flags: map.map_flags ?? 0,
    btf: valueTypeId === undefined ? undefined : btf,
    keyTypeId: btf === undefined || valueTypeId === undefined ? 0 : firstInteger(btf, map.key_size),
    valueTypeId: valueTypeId ?? 0,
    innerMap,
    frozen: false,
    contents: undefined,
  };
}

/** The smallest id of an integer of a size; 0 if there is none. */
function firstInteger(btf: Btf, size: number): number {
  if (size === 0) return 0;
  for (let id = 1; id < btf.typeCount; id++) {
    const type = typeAt(btf, id);
    if (type.kind === 'int' && type.size === size) return id;
  }
  return 0;
}

function readFunctions({ data, btf, complain }: Reading, code: Code): readonly ProgramFunction[] {
  let before = -1;
  return (data.func_info ?? []).map((pair: FunctionStart, index) => {
    const [slot, name] = pair;
    const pointer = `/func_info/${String(index)}`;
    if (typeof slot !== 'number' || typeof name !== 'string') {
      complain(pointer, 'expected a slot and the name of a function');
      return { slot: 0, name: '', typeId: 0, linkage: 'static' };
    }
    if (slot <= before || slot >= code.length) {
      complain(
        `${pointer}/0`,
        `expected a slot after ${String(before)} and before ${String(code.length)}, found ${String(slot)}`,
      );
    }
    before = slot;
    const typeId = btf === undefined ? undefined : findIdsByName(btf, name, 'func')[0];
    const type = btf === undefined || typeId === undefined ? undefined : typeAt(btf, typeId);
    if (type?.kind !== 'func') {
      const where = btf === undefined ? 'and no BTF is given' : `and BTF ${data.btf ?? ''} has no such function`;
      complain(`${pointer}/1`, `function ${name}, ${where}`);
    }
    return { slot, name, typeId: typeId ?? 0, linkage: type?.kind === 'func' ? type.linkage : 'static' };
  });
}

function bytesOfHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

function noMap(map: number, maps: readonly MapSpec[]): string {
  return `map ${String(map)}, of ${String(maps.length)}`;
}

function notA(what: string, slot: number, code: Code): string {
  if (slot >= code.length) return `slot ${String(slot)}, of ${String(code.length)}`;
  const opcode = (code.opcode[slot] ?? 0).toString(16).padStart(2, '0');
  return `slot ${String(slot)} is no ${what}: opcode 0x${opcode}, src_reg ${String(code.src[slot])}`;
}
