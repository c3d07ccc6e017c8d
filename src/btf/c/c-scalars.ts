import type { BtfEnum, BtfFloat, BtfInt } from '../btf-type.ts';
import { cError, type CContext } from './context.ts';

const INT_WORDS = /^(?:(?:unsigned|signed|char|short|int|long|__int128|_Bool)(?: |$))+$/;
const FLOATS: ReadonlyMap<string, string> = new Map([
  ['_Float16', '_Float16'],
  ['float', 'float'],
  ['double', 'double'],
  ['long double', 'long double'],
]);
const FLOAT_BY_SIZE: ReadonlyMap<number, string> = new Map([
  [2, '_Float16'],
  [4, 'float'],
  [8, 'double'],
  [12, 'long double'],
  [16, 'long double'],
]);
const INT_BY_SIZE: ReadonlyMap<number, string> = new Map([
  [1, 'char'],
  [2, 'short'],
  [4, 'int'],
  [8, 'long long'],
  [16, '__int128'],
]);

/**
 * The C type of an INT: its name where that is a C type of its size; else (other languages, other compilers) the one of
 * its size and sign.
 *
 * @throws BtfError `not-c`
 */
export function intType(context: CContext, type: BtfInt): string {
  if (type.name === 'bool') return '_Bool';
  if (INT_WORDS.test(type.name) && sizeOfWords(context, type.name) === type.size) return type.name;
  if (type.encoding === 'bool' && type.size === 1) return '_Bool';
  const text = INT_BY_SIZE.get(type.size);
  if (text === undefined) throw cError(context, 'not-c', type.id, `an integer of ${String(type.size)} bytes`);
  return `${type.encoding === 'signed' ? 'signed' : 'unsigned'} ${text}`;
}

/** The C type of a FLOAT, in the same way. @throws BtfError `not-c` */
export function floatType(context: CContext, type: BtfFloat): string {
  const text = FLOATS.get(type.name) ?? FLOAT_BY_SIZE.get(type.size);
  if (text === undefined) throw cError(context, 'not-c', type.id, `a float of ${String(type.size)} bytes`);
  return text;
}

/** The attribute that an enum needs to have its size, or nothing. */
export function enumAttribute({ size, values }: BtfEnum): string {
  const isNegative = values.some(({ value }) => value < 0n);
  const bits = isNegative ? 31n : 32n;
  const isWide = values.some(({ value }) => value >= 1n << bits || value < -(1n << 31n));
  const mode = { 1: 'QI', 2: 'HI', 4: 'SI', 8: 'DI' }[size];
  return size === (isWide ? 8 : 4) || mode === undefined ? '' : ` __attribute__((mode(${mode})))`;
}

/** An enumerator's value as C says it. */
export function enumValue(value: bigint): string {
  // The smallest has no literal of its own: a minus is not part of a literal, and its positive does not fit.
  if (value === -(1n << 63n)) return `(${String(value + 1n)}LL - 1)`;
  if (value >= 1n << 63n) return `${String(value)}ULL`;
  const isInt = value >= -(1n << 31n) && value < 1n << 31n;
  return isInt ? String(value) : `${String(value)}LL`;
}

function sizeOfWords({ pointerBytes }: CContext, name: string): number {
  const words = name.split(' ');
  if (words.includes('char') || words.includes('_Bool')) return 1;
  if (words.includes('short')) return 2;
  if (words.includes('__int128')) return 16;
  const longs = words.filter((word) => word === 'long').length;
  return longs === 0 ? 4 : longs === 1 ? pointerBytes : 8;
}
