import { BtfError } from './btf-error.ts';
import { INFO, LIMITS, MEMBER, RECORD_WORDS } from './btf-layout.ts';
import { checkRecord, type TypeSection } from './check-record.ts';
import { KIND, KINDS } from './kinds.ts';
import { BLOCK_SHIFT, findOddStrings } from './odd-strings.ts';
import { SHAPES, type Shape } from './record-shapes.ts';

/*
 * SHAPES as flat arrays, with a place for each number that fits the field: what is no kind has no known bits. A name
 * that need not be an identifier is doubtful, and so is the record then.
 */
const KNOWN_INFO = flat(({ flag, vlen, item }) => {
  const vlenBits = vlen !== undefined || item !== undefined ? INFO.vlenMask : 0;
  return (INFO.kindMask << INFO.kindShift) | vlenBits | (flag === true ? 1 << INFO.flagShift : 0);
});
/** From and to what the third word is beyond doubt: ids from 1 where they may not be void, sizes of less than 2^31. */
const THIRD_LEAST = flat(({ third, sizes }) => usual(sizes) ?? Number(third === 'type'));
const THIRD_MOST = flat(({ sizes }) => usual(sizes) ?? 0x7fffffff);
const MAX_VLEN = flat(({ vlen, item }) => (item === undefined ? (vlen ?? 0) : INFO.vlenMask));
const MAY_BE_UNNAMED = flat(({ name }) => Number(name === 'none' || name === 'optional'));
const MAY_BE_NAMED = flat(({ name }) => Number(name === 'identifier' || name === 'optional'));
const REFERS = flat(({ third }) => Number(third !== undefined));
const TAIL_WORDS = flat(({ tail }) => tail ?? 0);
const ITEM_WORDS = flat(({ item }) => item?.words ?? 0);
/** 0 for items without names, which only a kind has that is doubtful. */
const NAMED_ITEM_WORDS = flat(({ item }) => (item?.name === undefined ? 0 : item.words));
const ITEM_MAY_BE_UNNAMED = flat(({ item }) => Number(item?.name !== 'identifier'));
const ITEM_REFERS = flat(({ item }) => Number(item?.type !== undefined));
const ITEM_LEAST_ID = flat(({ item }) => Number(item?.type === 'type'));

/** Bits that a member's offset may be at most, by the bytes of the type; -1 where items have no offsets. */
const MEMBER_OFFSETS = Int32Array.from(ITEM_WORDS, (_, kind) =>
  kind === KIND.STRUCT ? 8 : kind === KIND.UNION ? 0 : -1,
);

const LETTERS = Uint8Array.from({ length: 256 }, (_, byte) => Number(/[A-Za-z_]/.test(String.fromCharCode(byte))));

/** What the loop over the records found. */
interface Pass {
  /** The index of the first word of each record. */
  readonly starts: Uint32Array;
  /** The word behind the last: the end, or where the loop could not go on. */
  readonly end: number;
  /** For each record, 1 if it may be malformed. */
  readonly doubtful: Uint8Array;
  /** The largest id that a record refers to, of those below 2^31. */
  readonly largestId: number;
}

/**
 * Goes over the type section and notes where each type begins.
 *
 * Records that are certainly well-formed are passed in one flat loop. It is run once, mostly before anything is compiled,
 * so calls, rare branches and numbers above 2^31 would cost more there than what they do. What is not certain is left to
 * checkRecord(), which says what well-formed is.
 *
 * @returns the index in `words` of each type, the first that of `firstId`
 * @throws BtfError at the first record that is malformed
 */
export function scanTypes(section: TypeSection): Uint32Array {
  const { words, start, firstId } = section;
  const { starts, end, doubtful, largestId } = passRecords(section);
  const typeCount = firstId + starts.length;
  const isWhole = end === words.length;
  if (isWhole && largestId >= typeCount) doubtful.fill(1);
  for (let index = doubtful.indexOf(1); index !== -1; index = doubtful.indexOf(1, index + 1)) {
    checkRecord(section, firstId + index, starts[index] ?? 0, isWhole ? typeCount : LIMITS.typeId + 1);
  }
  if (!isWhole) {
    checkRecord(section, typeCount, end, LIMITS.typeId + 1);
    const place = { field: 'type', offset: start + 4 * end, typeId: typeCount };
    throw new BtfError('too-big', place, `more than ${String(LIMITS.typeId)} types`);
  }
  return starts;
}

function passRecords({ words: unsigned, names, firstId }: TypeSection): Pass {
  const words = new Int32Array(unsigned.buffer, unsigned.byteOffset, unsigned.length);
  const { strings, first } = names;
  const odd = findOddStrings(strings);
  const { length } = words;
  const starts = new Uint32Array(Math.min(Math.floor(length / RECORD_WORDS), LIMITS.typeId + 1 - firstId));
  const doubtful = new Uint8Array(starts.length);
  let count = 0;
  let at = 0;
  let largestId = 0;
  while (at + RECORD_WORDS <= length && count < starts.length) {
    const name = words[at] ?? 0;
    const info = words[at + 1] ?? 0;
    const third = words[at + 2] ?? 0;
    const kind = (info >>> INFO.kindShift) & INFO.kindMask;
    const vlen = info & INFO.vlenMask;
    const end = at + RECORD_WORDS + (TAIL_WORDS[kind] ?? 0) + (ITEM_WORDS[kind] ?? 0) * vlen;
    if (kind === KIND.VOID || (info & ~(KNOWN_INFO[kind] ?? 0)) !== 0 || end > length) break;
    if (
      (name === 0
        ? MAY_BE_UNNAMED[kind] === 0
        : MAY_BE_NAMED[kind] === 0 ||
          LETTERS[strings[name - first] ?? 0] === 0 ||
          odd[(name - first) >> BLOCK_SHIFT] !== 0) ||
      vlen > (MAX_VLEN[kind] ?? 0) ||
      third < (THIRD_LEAST[kind] ?? 0) ||
      third > (THIRD_MOST[kind] ?? 0)
    ) {
      doubtful[count] = 1;
    }
    if (REFERS[kind] === 1 && third > largestId) largestId = third;
    const named = NAMED_ITEM_WORDS[kind] ?? 0;
    if (named !== 0) {
      const mayBeUnnamed = ITEM_MAY_BE_UNNAMED[kind] ?? 0;
      const leastId = ITEM_LEAST_ID[kind] ?? 0;
      const refers = ITEM_REFERS[kind] ?? 0;
      const offsets = MEMBER_OFFSETS[kind] ?? 0;
      const limit = offsets * (third & 0xfffffff);
      const mask = info < 0 ? MEMBER.offsetMask : -1;
      let before = 0;
      for (let item = at + RECORD_WORDS; item < end; item += named) {
        const name = words[item] ?? 0;
        if (
          name === 0
            ? mayBeUnnamed === 0
            : LETTERS[strings[name - first] ?? 0] === 0 || odd[(name - first) >> BLOCK_SHIFT] !== 0
        ) {
          doubtful[count] = 1;
        }
        if (refers === 1) {
          const type = words[item + 1] ?? 0;
          if (type > largestId) largestId = type;
          if (type < leastId) doubtful[count] = 1;
        }
        if (offsets >= 0) {
          const offset = (words[item + 2] ?? 0) & mask;
          if (offset < before || offset > limit) doubtful[count] = 1;
          before = offset;
        }
      }
    } else if (kind === KIND.ARRAY) {
      const element = words[at + RECORD_WORDS] ?? 0;
      const by = words[at + RECORD_WORDS + 1] ?? 0;
      if (element <= 0 || by <= 0) doubtful[count] = 1;
      if (element > largestId) largestId = element;
      if (by > largestId) largestId = by;
    }
    starts[count] = at;
    count++;
    at = end;
  }
  return { starts: starts.subarray(0, count), end: at, doubtful: doubtful.subarray(0, count), largestId };
}

/** Of the sizes that a kind may have the one that nearly all have: 4 bytes. */
function usual(sizes: readonly number[] | undefined): number | undefined {
  return sizes?.find((size) => size === 4) ?? sizes?.[0];
}

function flat(value: (shape: Shape) => number): Int32Array {
  const result = new Int32Array(INFO.kindMask + 1);
  result.set(KINDS.map((kind) => value(SHAPES[kind])));
  return result;
}
