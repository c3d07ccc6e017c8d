import type { Btf } from '../../btf/btf.ts';
import type { BtfComposite, BtfMember } from '../../btf/btf-type.ts';
import { nameOf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import { sizeOf } from '../../btf/size.ts';
import type { MapSpec } from '../program.ts';
import { dataSections } from './data-sections.ts';
import { mapTypeName, TYPES_WITHOUT_BTF } from './map-types.ts';
import { ObjectError } from './object-error.ts';

/** A map as `.maps` defines it: a variable whose type says everything. */
export interface MapDefinition {
  /** Where the variable is in the section, in bytes. */
  readonly offset: number;
  readonly spec: Omit<MapSpec, 'innerMap'>;
  /** The template of a map-in-map. */
  readonly inner: Omit<MapSpec, 'innerMap'> | undefined;
}

/** What the members of a definition have said so far. */
interface Draft {
  type: number | undefined;
  keySize: number | undefined;
  valueSize: number | undefined;
  maxEntries: number;
  flags: number;
  keyTypeId: number;
  valueTypeId: number;
  inner: Omit<MapSpec, 'innerMap'> | undefined;
}

const MAPS = '.maps';
const MAP_IN_MAP: ReadonlySet<string> = new Set(['array_of_maps', 'hash_of_maps']);
/** Loaders make an array with an entry a CPU where its definition says nothing; any number will do for a verdict. */
const CPUS = 4;
/** Of all definitions; a definition has a handful. */
const MOST_MEMBERS = 1 << 20;
const PAGE_BYTES = 4096;

/**
 * The maps that `.maps` defines, in the order of its variables: parse_btf_map_def(), tools/lib/bpf/libbpf.c.
 *
 * @param btf as finalizeBtf() leaves it
 * @param sectionBytes bytes of the ELF section
 * @throws ObjectError `bad-map`; BtfError
 */
export function readMapDefinitions(btf: Btf, sectionBytes: number): readonly MapDefinition[] {
  const section = dataSections(btf).get(MAPS);
  if (section === undefined) throw new ObjectError('bad-map', { section: MAPS }, 'the BTF says nothing of the maps');
  let members = 0;
  return section.variables.map(({ type: variableId, offset, size }) => {
    const variable = typeAt(btf, variableId);
    if (variable.kind !== 'var') throw bad(nameOf(btf, variableId), `a ${variable.kind} where a map has to be`);
    const { name, linkage } = variable;
    if (name === '') throw bad(name, 'a map without a name');
    if (linkage === 'static') throw bad(name, 'a map must not be static');
    if (offset + size > sectionBytes) throw bad(name, 'the map does not lie in its section');
    const definition = typeAt(btf, skipTypedefs(btf, variable.type));
    if (definition.kind !== 'struct') throw bad(name, `a ${definition.kind} defines no map`);
    members += definition.members.length;
    if (members > MOST_MEMBERS) throw new ObjectError('too-big', { section: MAPS }, 'too many maps');
    const draft = readMembers(btf, name, definition, false);
    return { offset, spec: toSpec(btf, name, draft), inner: draft.inner };
  });
}

function readMembers(btf: Btf, map: string, definition: BtfComposite, isInner: boolean): Draft {
  const draft: Draft = {
    type: undefined,
    keySize: undefined,
    valueSize: undefined,
    maxEntries: 0,
    flags: 0,
    keyTypeId: 0,
    valueTypeId: 0,
    inner: undefined,
  };
  for (const member of definition.members) readMember(btf, map, draft, member, isInner);
  return draft;
}

function readMember(btf: Btf, map: string, draft: Draft, member: BtfMember, isInner: boolean): void {
  switch (member.name) {
    case 'type':
      draft.type = number(btf, map, member);
      return;
    case 'max_entries':
      draft.maxEntries = number(btf, map, member);
      return;
    case 'map_flags':
      draft.flags = number(btf, map, member);
      return;
    case 'key_size':
      draft.keySize = sameSize(map, 'key', draft.keySize, number(btf, map, member));
      return;
    case 'value_size':
      draft.valueSize = sameSize(map, 'value', draft.valueSize, number(btf, map, member));
      return;
    case 'key':
      draft.keyTypeId = pointee(btf, map, member);
      draft.keySize = sameSize(map, 'key', draft.keySize, sizeOf(btf, draft.keyTypeId));
      return;
    case 'value':
      draft.valueTypeId = pointee(btf, map, member);
      draft.valueSize = sameSize(map, 'value', draft.valueSize, sizeOf(btf, draft.valueTypeId));
      return;
    case 'values':
      if (isInner) throw bad(map, 'a map-in-map must not be in another');
      draft.valueSize = sameSize(map, 'value', draft.valueSize, 4);
      draft.inner = readValues(btf, map, draft.type ?? 0, member);
      return;
    // What says nothing to the verifier.
    case 'numa_node':
    case 'pinning':
    case 'map_extra':
      return;
    default:
      throw bad(map, `a member ${member.name} that no map definition has`);
  }
}

/** The template of a map-in-map; a program array may name the prototype of its programs instead. */
function readValues(btf: Btf, map: string, typeNumber: number, member: BtfMember): Draft['inner'] {
  const type = mapTypeName(typeNumber);
  const array = typeAt(btf, member.type);
  if (array.kind !== 'array' || array.length !== 0) throw bad(map, 'values has to be an array without a length');
  const pointer = typeAt(btf, skipTypedefs(btf, array.type));
  if (pointer.kind !== 'ptr') throw bad(map, 'values has to be an array of pointers');
  const target = typeAt(btf, skipTypedefs(btf, pointer.type));
  if (type === 'prog_array' && target.kind === 'func_proto') return undefined;
  if (!MAP_IN_MAP.has(type)) throw bad(map, `a map of type ${type} has no values`);
  if (target.kind !== 'struct') throw bad(map, `a ${target.kind} defines no inner map`);
  const name = `${map}.inner`;
  return toSpec(btf, name, readMembers(btf, name, target, true));
}

function toSpec(btf: Btf, name: string, draft: Draft): Omit<MapSpec, 'innerMap'> {
  if (draft.type === undefined || draft.type === 0) throw bad(name, 'the map has no type');
  const type = mapTypeName(draft.type);
  const hasBtf = !TYPES_WITHOUT_BTF.has(type) && (draft.keyTypeId !== 0 || draft.valueTypeId !== 0);
  return {
    name,
    type,
    keySize: draft.keySize ?? 0,
    valueSize: draft.valueSize ?? 0,
    maxEntries: entries(type, draft.maxEntries),
    flags: draft.flags,
    btf: hasBtf ? btf : undefined,
    keyTypeId: hasBtf ? draft.keyTypeId : 0,
    valueTypeId: hasBtf ? draft.valueTypeId : 0,
    frozen: false,
    contents: undefined,
  };
}

/** What loaders make of the number: a ring buffer gets the next power of two of whole pages (adjust_ringbuf_sz()). */
function entries(type: string, given: number): number {
  if (type === 'perf_event_array' && given === 0) return CPUS;
  if (type !== 'ringbuf' && type !== 'user_ringbuf') return given;
  for (let size = PAGE_BYTES; given > 0 && size <= 0x80000000; size *= 2) if (size >= given) return size;
  return given;
}

/** A number is the length of an array that is pointed to, or the only value of an enum. */
function number(btf: Btf, map: string, member: BtfMember): number {
  const pointer = typeAt(btf, skipTypedefs(btf, member.type));
  const target = pointer.kind === 'ptr' ? typeAt(btf, pointer.type) : pointer;
  if (target.kind === 'array') return target.length;
  if ((target.kind === 'enum' || target.kind === 'enum64') && target.values.length === 1) {
    return Number(BigInt.asUintN(32, target.values[0]?.value ?? 0n));
  }
  throw bad(map, `${member.name} is no number as __uint() writes it`);
}

function pointee(btf: Btf, map: string, member: BtfMember): number {
  const pointer = typeAt(btf, member.type);
  if (pointer.kind !== 'ptr') throw bad(map, `${member.name} is no type as __type() writes it`);
  return pointer.type;
}

function sameSize(map: string, what: string, before: number | undefined, size: number): number {
  if (before !== undefined && before !== 0 && before !== size) {
    throw bad(map, `the ${what} has ${String(before)} bytes, and ${String(size)}`);
  }
  return size;
}

function bad(map: string, message: string): ObjectError {
  return new ObjectError('bad-map', { section: MAPS, name: map }, message);
}
