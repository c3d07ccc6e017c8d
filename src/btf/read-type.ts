import { homeOf, stringAt, wordIndex, type Btf } from './btf.ts';
import { BtfError } from './btf-error.ts';
import { INFO, INT, MEMBER, RECORD_WORDS } from './btf-layout.ts';
import type {
  BtfComposite,
  BtfEnum,
  BtfEnumerator,
  BtfInt,
  BtfLinkage,
  BtfMember,
  BtfParameter,
  BtfPrototype,
  BtfSectionVariable,
  BtfType,
} from './btf-type.ts';
import { KINDS, type Kind } from './kinds.ts';

/** A record of an opened BTF, which has been checked to lie in the type section. */
interface Record {
  readonly home: Btf;
  readonly id: number;
  readonly at: number;
  readonly vlen: number;
  readonly flag: boolean;
  /** Size or type. */
  readonly third: number;
}

const LINKAGES: readonly BtfLinkage[] = ['static', 'global', 'extern'];

/** Reads a type. @throws BtfError `bad-id`, or `bad-name` if a text in it is too long */
export function typeAt(btf: Btf, id: number): BtfType {
  const home = homeOf(btf, id);
  if (id === 0) return { kind: 'void', id };
  const at = wordIndex(home, id);
  const info = home.words[at + 1] ?? 0;
  const kind = KINDS[(info >>> INFO.kindShift) & INFO.kindMask] ?? 'void';
  const vlen = info & INFO.vlenMask;
  const flag = info >>> INFO.flagShift !== 0;
  return readRecord(kind, { home, id, at, vlen, flag, third: home.words[at + 2] ?? 0 });
}

/** A type that has to be of one of some kinds. @throws BtfError `bad-record` if it is of another */
export function typeOfKind<K extends Kind>(btf: Btf, id: number, ...kinds: readonly K[]): BtfType & { kind: K } {
  const type = typeAt(btf, id);
  if (isOfKind(type, kinds)) return type;
  const message = `${type.kind}, where ${kinds.join(' or ')} has to be`;
  throw new BtfError('bad-record', { field: 'kind', typeId: id }, message);
}

function isOfKind<K extends Kind>(type: BtfType, kinds: readonly K[]): type is BtfType & { kind: K } {
  return kinds.some((kind) => kind === type.kind);
}

function readRecord(kind: Kind, record: Record): BtfType {
  const { id, third: type, flag } = record;
  switch (kind) {
    case 'void':
      return { kind, id: 0 };
    case 'int':
      return readInt(record);
    case 'float':
      return { kind, id, name: nameAt(record, 0), size: record.third };
    case 'ptr':
    case 'const':
    case 'volatile':
    case 'restrict':
      return { kind, id, type };
    case 'array': {
      const [element, indexType, length] = [tail(record, 0), tail(record, 1), tail(record, 2)];
      return { kind, id, type: element, indexType, length };
    }
    case 'struct':
    case 'union':
      return readComposite(kind, record);
    case 'enum':
    case 'enum64':
      return readEnum(kind, record);
    case 'fwd':
      return { kind, id, name: nameAt(record, 0), of: flag ? 'union' : 'struct' };
    case 'typedef':
      return { kind, id, name: nameAt(record, 0), type };
    case 'func':
      return { kind, id, name: nameAt(record, 0), type, linkage: linkage(record.vlen) };
    case 'func_proto':
      return readPrototype(record);
    case 'var':
      return { kind, id, name: nameAt(record, 0), type, linkage: linkage(tail(record, 0)) };
    case 'datasec':
      return { kind, id, name: nameAt(record, 0), size: record.third, variables: items(record, 3, readVariable) };
    case 'decl_tag': {
      const component = tail(record, 0) | 0;
      const text = nameAt(record, 0);
      return { kind, id, text, type, component: component === -1 ? undefined : component, isAttribute: flag };
    }
    case 'type_tag':
      return { kind, id, text: nameAt(record, 0), type, isAttribute: flag };
  }
}

function readInt(record: Record): BtfInt {
  const word = tail(record, 0);
  const encoding = (word >>> INT.encodingShift) & INT.encodingMask;
  return {
    kind: 'int',
    id: record.id,
    name: nameAt(record, 0),
    size: record.third,
    bits: word & INT.bitsMask,
    bitOffset: (word >>> INT.offsetShift) & INT.offsetMask,
    encoding:
      encoding === INT.signed ? 'signed' : encoding === INT.char ? 'char' : encoding === INT.bool ? 'bool' : 'unsigned',
  };
}

function readComposite(kind: 'struct' | 'union', record: Record): BtfComposite {
  const { id, third: size } = record;
  return { kind, id, name: nameAt(record, 0), size, members: items(record, 3, readMember) };
}

function readMember(record: Record, at: number): BtfMember {
  const offset = record.home.words[at + 2] ?? 0;
  const bitSize = record.flag ? offset >>> MEMBER.sizeShift : 0;
  return {
    name: nameAt(record, at - record.at),
    type: record.home.words[at + 1] ?? 0,
    bitOffset: record.flag ? offset & MEMBER.offsetMask : offset,
    bitSize: bitSize === 0 ? undefined : bitSize,
  };
}

function readEnum(kind: 'enum' | 'enum64', record: Record): BtfEnum {
  const values = kind === 'enum' ? items(record, 2, readEnumerator) : items(record, 3, readEnumerator64);
  return { kind, id: record.id, name: nameAt(record, 0), size: record.third, signed: record.flag, values };
}

function readEnumerator(record: Record, at: number): BtfEnumerator {
  const value = record.home.words[at + 1] ?? 0;
  return { name: nameAt(record, at - record.at), value: BigInt(record.flag ? value | 0 : value) };
}

function readEnumerator64(record: Record, at: number): BtfEnumerator {
  const { words } = record.home;
  const value = BigInt(words[at + 1] ?? 0) | (BigInt(words[at + 2] ?? 0) << 32n);
  return { name: nameAt(record, at - record.at), value: record.flag ? BigInt.asIntN(64, value) : value };
}

function readPrototype(record: Record): BtfPrototype {
  const parameters = items(record, 2, readParameter);
  const last = parameters.at(-1);
  const isVariadic = last?.type === 0 && last.name === '';
  return {
    kind: 'func_proto',
    id: record.id,
    returns: record.third,
    parameters: isVariadic ? parameters.slice(0, -1) : parameters,
    isVariadic,
  };
}

function readParameter(record: Record, at: number): BtfParameter {
  return { name: nameAt(record, at - record.at), type: record.home.words[at + 1] ?? 0 };
}

function readVariable({ home: { words } }: Record, at: number): BtfSectionVariable {
  return { type: words[at] ?? 0, offset: words[at + 1] ?? 0, size: words[at + 2] ?? 0 };
}

function items<T>(record: Record, words: number, read: (record: Record, at: number) => T): readonly T[] {
  const result: T[] = [];
  const start = record.at + RECORD_WORDS;
  for (let index = 0; index < record.vlen; index++) result.push(read(record, start + index * words));
  return result;
}

function nameAt({ home, at }: Record, word: number): string {
  return stringAt(home, home.words[at + word] ?? 0);
}

function tail({ home, at }: Record, word: number): number {
  return home.words[at + RECORD_WORDS + word] ?? 0;
}

function linkage(number: number): BtfLinkage {
  return LINKAGES[number] ?? 'extern';
}
