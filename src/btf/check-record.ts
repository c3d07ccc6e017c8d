import { BtfError, type BtfErrorCode } from './btf-error.ts';
import { INFO, INT, MEMBER, RECORD_WORDS } from './btf-layout.ts';
import { KIND, KINDS } from './kinds.ts';
import { keepsRule, type NameRule, type Names } from './names.ts';
import { SHAPES, type Reference, type Shape } from './record-shapes.ts';

/** A type section, and what its records may refer to. */
export interface TypeSection {
  readonly words: Uint32Array;
  /** Where it is in the file, in bytes. */
  readonly start: number;
  readonly names: Names;
  readonly firstId: number;
}

/** A record: its type id, and the index of its first word. */
interface Record {
  readonly section: TypeSection;
  readonly id: number;
  readonly at: number;
  /** Ids are less than that. */
  readonly typeCount: number;
}

/** BTF_VAR_GLOBAL_EXTERN */
const LAST_LINKAGE = 2;

/**
 * Checks one record as the kernel does when BTF is loaded (the check_meta of each kind, kernel/bpf/btf.c), and that the
 * ids in it exist.
 *
 * Not refused, since clang and pahole write them: FUNC and VAR with linkage extern, DATASEC of size 0.
 *
 * @param at index of the record's first word
 * @param typeCount how many ids there are, as far as is known
 * @throws BtfError
 */
export function checkRecord(section: TypeSection, id: number, at: number, typeCount: number): void {
  const { words } = section;
  const record: Record = { section, id, at, typeCount };
  if (at + RECORD_WORDS > words.length) throw truncated(record);
  const info = words[at + 1] ?? 0;
  const number = (info >>> INFO.kindShift) & INFO.kindMask;
  const kind = KINDS[number];
  if (kind === undefined || kind === 'void') throw failure(record, 1, 'bad-record', 'info', `kind ${String(number)}`);
  const shape = SHAPES[kind];
  checkInfo(record, info, shape);
  checkName(record, 0, shape.name);
  if (shape.third !== undefined) checkReference(record, 2, shape.third);
  checkThird(record, shape);
  const itemsStart = RECORD_WORDS + (shape.tail ?? 0);
  const vlen = info & INFO.vlenMask;
  const { item } = shape;
  if (at + itemsStart + vlen * (item?.words ?? 0) > words.length) throw truncated(record);
  for (let index = 0; item !== undefined && index < vlen; index++) {
    const itemStart = itemsStart + index * item.words;
    if (item.name !== undefined) checkName(record, itemStart, item.name);
    if (item.type !== undefined) checkReference(record, itemStart + (item.name === undefined ? 0 : 1), item.type);
  }
  checkBody(record, number, vlen);
}

function checkThird(record: Record, { sizes }: Shape): void {
  const size = wordOf(record, 2);
  if (sizes !== undefined && !sizes.includes(size)) {
    throw failure(record, 2, 'bad-record', 'size', `${String(size)}, not one of ${sizes.join(', ')}`);
  }
}

function checkInfo(record: Record, info: number, { flag, vlen = 0, item }: Shape): void {
  if ((info & ~INFO.known) !== 0) throw failure(record, 1, 'bad-record', 'info', 'bits that mean nothing');
  if (info >>> INFO.flagShift !== 0 && flag !== true) {
    throw failure(record, 1, 'bad-record', 'kind_flag', 'set where it means nothing');
  }
  if ((info & INFO.vlenMask) > vlen && item === undefined) {
    throw failure(record, 1, 'bad-record', 'vlen', `more than ${String(vlen)} where nothing is counted`);
  }
}

function checkName(record: Record, word: number, rule: NameRule): void {
  const { names } = record.section;
  const offset = wordOf(record, word);
  const kept = keepsRule(names, offset, rule);
  if (kept === true) return;
  if (kept === false) throw failure(record, word, 'bad-name', 'name_off', `breaks the rule for names: ${rule}`);
  const isSplit = names.base !== undefined;
  const text = `no string begins at ${String(offset)}${isSplit ? ', counted with those of the base' : ''}`;
  throw failure(record, word, isSplit ? 'bad-base' : 'bad-name', 'name_off', text);
}

function checkReference(record: Record, word: number, reference: Reference): void {
  const id = wordOf(record, word);
  if (reference === 'type' && id === 0) {
    throw failure(record, word, 'bad-id', 'type', 'void, where a type has to be');
  }
  if (id >= record.typeCount) {
    const isSplit = record.section.names.base !== undefined;
    const text = `type ${String(id)}, of ${String(record.typeCount)}${isSplit ? ' with those of the base' : ''}`;
    throw failure(record, word, isSplit ? 'bad-base' : 'bad-id', 'type', text);
  }
}

function checkBody(record: Record, kind: number, vlen: number): void {
  switch (kind) {
    case KIND.INT:
      checkInt(record);
      break;
    case KIND.ARRAY:
      checkReference(record, RECORD_WORDS, 'type');
      checkReference(record, RECORD_WORDS + 1, 'type');
      break;
    case KIND.STRUCT:
    case KIND.UNION:
      checkOffsets(record, vlen, kind === KIND.UNION);
      break;
    case KIND.VAR:
      if (wordOf(record, RECORD_WORDS) > LAST_LINKAGE) {
        throw failure(record, RECORD_WORDS, 'bad-record', 'linkage', 'unknown linkage');
      }
      break;
    case KIND.DATASEC:
      checkVariables(record, vlen);
      break;
    case KIND.DECL_TAG:
      if ((wordOf(record, RECORD_WORDS) | 0) < -1) {
        throw failure(record, RECORD_WORDS, 'bad-record', 'component_idx', 'less than -1');
      }
      break;
  }
}

function checkInt(record: Record): void {
  const size = wordOf(record, 2);
  const word = wordOf(record, RECORD_WORDS);
  const encoding = (word >>> INT.encodingShift) & INT.encodingMask;
  const bits = (word & INT.bitsMask) + ((word >>> INT.offsetShift) & INT.offsetMask);
  if ((word & ~INT.known) !== 0) throw failure(record, RECORD_WORDS, 'bad-record', 'int', 'bits that mean nothing');
  if (bits > INT.maxBits || Math.ceil(bits / 8) > size) {
    throw failure(record, RECORD_WORDS, 'bad-record', 'int', `${String(bits)} bits in ${String(size)} bytes`);
  }
  if ((encoding & (encoding - 1)) !== 0 || encoding > INT.bool) {
    throw failure(record, RECORD_WORDS, 'bad-encoding', 'int', `encoding ${String(encoding)}`);
  }
}

function checkOffsets(record: Record, vlen: number, isUnion: boolean): void {
  const flag = wordOf(record, 1) >>> INFO.flagShift !== 0;
  const size = wordOf(record, 2);
  let before = 0;
  for (let index = 0; index < vlen; index++) {
    const place = RECORD_WORDS + 3 * index + 2;
    const offset = flag ? wordOf(record, place) & MEMBER.offsetMask : wordOf(record, place);
    if (isUnion ? offset !== 0 : offset < before) {
      throw failure(record, place, 'bad-record', 'offset', 'a member out of order');
    }
    if (offset > 8 * size) throw failure(record, place, 'bad-record', 'offset', 'a member beyond the end of the type');
    before = offset;
  }
}

/** clang leaves the offsets of variables, and the size, to the linker: a section of size 0 is not laid out. */
function checkVariables(record: Record, vlen: number): void {
  const size = wordOf(record, 2);
  let before = 0;
  for (let index = 0; index < vlen; index++) {
    const variable = RECORD_WORDS + 3 * index;
    const offset = wordOf(record, variable + 1);
    const end = offset + wordOf(record, variable + 2);
    if (size !== 0 && (offset < before || end > size)) {
      throw failure(record, variable + 1, 'bad-record', 'offset', 'a variable out of order or beyond the section');
    }
    before = end;
  }
}

function wordOf({ section, at }: Record, word: number): number {
  return section.words[at + word] ?? 0;
}

function truncated(record: Record): BtfError {
  return failure(record, 0, 'truncated', 'info', 'the type section ends inside the record');
}

function failure({ section, id, at }: Record, word: number, code: BtfErrorCode, field: string, text: string): BtfError {
  return new BtfError(code, { field, offset: section.start + 4 * (at + word), typeId: id }, text);
}
