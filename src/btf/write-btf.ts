import type { Btf } from './btf.ts';
import { BtfError } from './btf-error.ts';
import { HEADER, INFO, INT, MAGIC, MEMBER, VERSION } from './btf-layout.ts';
import type { BtfComposite, BtfInt, BtfLinkage, BtfType, BtfVoid } from './btf-type.ts';
import { KINDS } from './kinds.ts';
import { readString } from '../elf/elf-strings.ts';
import { createStringTable, type StringTable } from '../elf/string-table.ts';

/** A type to write: as it is read, without the id, which is its place in the list. */
export type NewType = WithoutId<Exclude<BtfType, BtfVoid>>;
type WithoutId<T> = T extends BtfType ? Omit<T, 'id'> : never;

export interface WriteOptions {
  readonly littleEndian?: boolean;
  /** Writes split BTF: the first type gets the id after the last of the base, and strings of the base are used. */
  readonly base?: Btf;
}

const LINKAGES: readonly BtfLinkage[] = ['static', 'global', 'extern'];
const LARGEST_BITFIELD = 0xff;

/**
 * Writes BTF. Nothing is checked but what the format has no room for: malformed BTF can be written, for tests.
 *
 * @param types the first gets id 1
 * @throws BtfError `too-big` if something does not fit its field
 */
export function writeBtf(types: readonly NewType[], { littleEndian = true, base }: WriteOptions = {}): Uint8Array {
  const strings = base === undefined ? createStringTable() : createStringTable(endOfStrings(base), stringsOf(base));
  if (base === undefined) strings.add('');
  const words = types.flatMap((type) => encode(type, strings));
  const text = strings.bytes();
  const bytes = new Uint8Array(HEADER.bytes + 4 * words.length + text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(HEADER.magic, MAGIC, littleEndian);
  view.setUint8(HEADER.version, VERSION);
  view.setUint32(HEADER.hdrLen, HEADER.bytes, littleEndian);
  view.setUint32(HEADER.typeLen, 4 * words.length, littleEndian);
  view.setUint32(HEADER.strOff, 4 * words.length, littleEndian);
  view.setUint32(HEADER.strLen, text.length, littleEndian);
  for (const [index, word] of words.entries()) view.setUint32(HEADER.bytes + 4 * index, word, littleEndian);
  bytes.set(text, HEADER.bytes + 4 * words.length);
  return bytes;
}

function encode(type: NewType, strings: StringTable): readonly number[] {
  const { kind } = type;
  const head = (name: string, vlen: number, flag: boolean, third: number): readonly number[] => {
    if (vlen > INFO.vlenMask) throw new BtfError('too-big', { field: 'vlen' }, `${String(vlen)} parts of one type`);
    return [
      strings.add(name),
      ((KINDS.indexOf(kind) << INFO.kindShift) | vlen | (flag ? 1 << INFO.flagShift : 0)) >>> 0,
      third,
    ];
  };
  switch (kind) {
    case 'int':
      return [...head(type.name, 0, false, type.size), encodeInt(type)];
    case 'float':
      return head(type.name, 0, false, type.size);
    case 'ptr':
    case 'const':
    case 'volatile':
    case 'restrict':
      return head('', 0, false, type.type);
    case 'array':
      return [...head('', 0, false, 0), type.type, type.indexType, type.length];
    case 'struct':
    case 'union': {
      const flag = type.members.some(({ bitSize }) => bitSize !== undefined);
      return [...head(type.name, type.members.length, flag, type.size), ...encodeMembers(type, flag, strings)];
    }
    case 'enum':
    case 'enum64': {
      const values = type.values.flatMap(({ name, value }) => {
        const low = Number(BigInt.asUintN(32, value));
        const high = Number(BigInt.asUintN(32, value >> 32n));
        return kind === 'enum' ? [strings.add(name), low] : [strings.add(name), low, high];
      });
      return [...head(type.name, type.values.length, type.signed, type.size), ...values];
    }
    case 'fwd':
      return head(type.name, 0, type.of === 'union', 0);
    case 'typedef':
      return head(type.name, 0, false, type.type);
    case 'func':
      return head(type.name, LINKAGES.indexOf(type.linkage), false, type.type);
    case 'func_proto': {
      const parameters = [...type.parameters, ...(type.isVariadic ? [{ name: '', type: 0 }] : [])];
      const words = parameters.flatMap((parameter) => [strings.add(parameter.name), parameter.type]);
      return [...head('', parameters.length, false, type.returns), ...words];
    }
    case 'var':
      return [...head(type.name, 0, false, type.type), LINKAGES.indexOf(type.linkage)];
    case 'datasec': {
      const words = type.variables.flatMap((variable) => [variable.type, variable.offset, variable.size]);
      return [...head(type.name, type.variables.length, false, type.size), ...words];
    }
    case 'decl_tag':
      return [...head(type.text, 0, type.isAttribute, type.type), (type.component ?? -1) >>> 0];
    case 'type_tag':
      return head(type.text, 0, type.isAttribute, type.type);
  }
}

function encodeInt({ encoding, bitOffset, bits }: Omit<BtfInt, 'id'>): number {
  const bit = { unsigned: 0, signed: INT.signed, char: INT.char, bool: INT.bool }[encoding];
  return (bit << INT.encodingShift) | (bitOffset << INT.offsetShift) | bits;
}

function encodeMembers(
  { members }: Pick<BtfComposite, 'members'>,
  hasBitfields: boolean,
  strings: StringTable,
): readonly number[] {
  return members.flatMap(({ name, type, bitOffset, bitSize = 0 }) => {
    if (hasBitfields && (bitOffset > MEMBER.offsetMask || bitSize > LARGEST_BITFIELD)) {
      throw new BtfError('too-big', { field: 'offset' }, `bitfield ${name} at bit ${String(bitOffset)}`);
    }
    return [strings.add(name), type, hasBitfields ? ((bitSize << MEMBER.sizeShift) | bitOffset) >>> 0 : bitOffset];
  });
}

function endOfStrings({ firstString, strings }: Btf): number {
  return firstString + strings.length;
}

function stringsOf(btf: Btf): Map<string, number> {
  const offsets = btf.base === undefined ? new Map<string, number>() : stringsOf(btf.base);
  const { strings, firstString } = btf;
  for (let at = 0; at < strings.length;) {
    const end = strings.indexOf(0, at);
    const text = readString(strings, at, end);
    if (!offsets.has(text)) offsets.set(text, firstString + at);
    at = end + 1;
  }
  return offsets;
}
