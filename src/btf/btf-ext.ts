import { BtfError } from './btf-error.ts';
import { stringAt, type Btf } from './btf.ts';
import { MAGIC, VERSION } from './btf-layout.ts';

/** What `.BTF.ext` says about the programs of a BPF object, by the name of their ELF section. */
export interface BtfExt {
  readonly functions: ReadonlyMap<string, readonly FunctionInfo[]>;
  readonly lines: ReadonlyMap<string, readonly LineInfo[]>;
  readonly relocations: ReadonlyMap<string, readonly CoreRelocation[]>;
}

/** Where a function begins. Offsets of instructions are in bytes from the start of the ELF section. */
export interface FunctionInfo {
  readonly offset: number;
  /** Its FUNC. */
  readonly type: number;
}

/** The source of the instructions from an offset on. Names of files and lines are read with stringAt(). */
export interface LineInfo {
  readonly offset: number;
  readonly fileOffset: number;
  /** Of the line itself; 0 if the compiler left it out. */
  readonly textOffset: number;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** What an instruction asks about a type of the kernel that it will run on (CO-RE). */
export interface CoreRelocation {
  readonly offset: number;
  readonly type: number;
  /** Of the text that says which member: indexes with colons (`0:1:2`). */
  readonly accessOffset: number;
  readonly kind: CoreRelocationKind;
}

/** By number (enum bpf_core_relo_kind, include/uapi/linux/bpf.h). */
const CORE_RELOCATION_KINDS = [
  'field_byte_offset',
  'field_byte_size',
  'field_exists',
  'field_signed',
  'field_lshift_u64',
  'field_rshift_u64',
  'type_id_local',
  'type_id_target',
  'type_exists',
  'type_size',
  'enumval_exists',
  'enumval_value',
  'type_matches',
] as const;

export type CoreRelocationKind = (typeof CORE_RELOCATION_KINDS)[number];

/** Offsets in the header. Objects of old compilers end before the relocations. */
const HEADER = { hdrLen: 4, functions: 8, lines: 16, relocations: 24, short: 24, bytes: 32 } as const;
const COLUMN_BITS = 10;

/** One of the three tables: its name, and the least bytes of a record. */
interface Table<T> {
  readonly field: string;
  readonly header: number;
  readonly bytes: number;
  readonly read: (reader: Reader, at: number) => T;
}

interface Reader {
  readonly btf: Btf;
  readonly view: DataView;
  readonly littleEndian: boolean;
}

const FUNCTIONS: Table<FunctionInfo> = {
  field: 'func_info',
  header: HEADER.functions,
  bytes: 8,
  read: (reader, at) => ({ offset: word(reader, at), type: typeId(reader, at + 4) }),
};
const LINES: Table<LineInfo> = {
  field: 'line_info',
  header: HEADER.lines,
  bytes: 16,
  read: (reader, at) => {
    const position = word(reader, at + 12);
    return {
      offset: word(reader, at),
      fileOffset: word(reader, at + 4),
      textOffset: word(reader, at + 8),
      line: position >>> COLUMN_BITS,
      column: position & ((1 << COLUMN_BITS) - 1),
    };
  },
};
const RELOCATIONS: Table<CoreRelocation> = {
  field: 'core_relo',
  header: HEADER.relocations,
  bytes: 16,
  read: (reader, at) => {
    const number = word(reader, at + 12);
    const kind = CORE_RELOCATION_KINDS[number];
    if (kind === undefined) throw bad('kind', at + 12, `relocation kind ${String(number)}`);
    return { offset: word(reader, at), type: typeId(reader, at + 4), accessOffset: word(reader, at + 8), kind };
  },
};

/**
 * Reads `.BTF.ext`, whose strings and types are those of the `.BTF` beside it.
 *
 * @param bytes the data of the section
 * @throws BtfError
 */
export function readBtfExt(bytes: Uint8Array, btf: Btf): BtfExt {
  if (bytes.length < HEADER.short) throw bad('hdr_len', 0, 'the header is cut short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = view.getUint16(0, true) === MAGIC;
  if (!littleEndian && view.getUint16(0, false) !== MAGIC) {
    throw new BtfError('bad-magic', { field: 'magic', offset: 0 }, 'this is no .BTF.ext');
  }
  if (view.getUint8(2) !== VERSION || view.getUint8(3) !== 0) {
    throw new BtfError('unsupported', { field: 'version', offset: 2 }, 'another version, or flags');
  }
  const reader: Reader = { btf, view, littleEndian };
  const headerBytes = word(reader, HEADER.hdrLen);
  if (headerBytes < HEADER.short || headerBytes > bytes.length) {
    throw bad('hdr_len', HEADER.hdrLen, `a header of ${String(headerBytes)} bytes`);
  }
  return {
    functions: readTable(reader, headerBytes, FUNCTIONS),
    lines: readTable(reader, headerBytes, LINES),
    relocations: headerBytes < HEADER.bytes ? new Map() : readTable(reader, headerBytes, RELOCATIONS),
  };
}

/** A table is the size of its records, then for each ELF section its name, the number of records, and these. */
function readTable<T>(reader: Reader, headerBytes: number, table: Table<T>): ReadonlyMap<string, readonly T[]> {
  const { field, header, read } = table;
  const result = new Map<string, T[]>();
  const start = headerBytes + word(reader, header);
  const length = word(reader, header + 4);
  if (length === 0) return result;
  const end = start + length;
  if (end > reader.view.byteLength || length < 4)
    throw bad(`${field}_len`, header + 4, 'beyond the end of the section');
  const recordBytes = word(reader, start);
  if (recordBytes < table.bytes || recordBytes % 4 !== 0) {
    throw bad(`${field}_rec_size`, start, `records of ${String(recordBytes)} bytes`);
  }
  let at = start + 4;
  while (at < end) {
    if (end - at < 8) throw bad(field, at, 'the table ends inside a section');
    const count = word(reader, at + 4);
    const records = at + 8;
    if (count === 0 || count * recordBytes > end - records) throw bad(field, at + 4, `${String(count)} records`);
    const name = stringAt(reader.btf, word(reader, at));
    const list = result.get(name) ?? [];
    result.set(name, list);
    for (let index = 0; index < count; index++) list.push(read(reader, records + index * recordBytes));
    at = records + count * recordBytes;
  }
  return result;
}

function typeId(reader: Reader, at: number): number {
  const id = word(reader, at);
  if (id >= reader.btf.typeCount) {
    throw new BtfError(
      'bad-id',
      { field: 'type_id', offset: at, typeId: id },
      `of ${String(reader.btf.typeCount)} types`,
    );
  }
  return id;
}

function word({ view, littleEndian }: Reader, at: number): number {
  return view.getUint32(at, littleEndian);
}

function bad(field: string, offset: number, message: string): BtfError {
  return new BtfError('bad-section', { field, offset }, `.BTF.ext: ${message}`);
}
