import { describe, expect, test } from 'vitest';
import { versionNumber } from '../../../src/verifier/kernel/version.ts';
import { alu } from '../../../src/verifier/scalar/alu.ts';
import { clampSigned, truncate } from '../../../src/verifier/scalar/cast.ts';
import { isAligned, within } from '../../../src/verifier/scalar/compare.ts';
import { formatScalar } from '../../../src/verifier/scalar/format.ts';
import { scalarRules } from '../../../src/verifier/scalar/rules.ts';
import {
  constant,
  constantFromInt,
  constantFromUint,
  constantNumber,
  equalScalars,
  isConstant,
  isConstantZero,
  isSubregConstant,
  signedMax,
  signedMin,
  UNKNOWN,
  unsignedMax,
  unsignedMin,
  ZERO,
  type Scalar,
} from '../../../src/verifier/scalar/scalar.ts';
import { formatVarOff } from './var-off.ts';

const V61 = scalarRules(versionNumber('v6.1'));
const byte = truncate(V61, UNKNOWN, 1);
const fours = alu(V61, 'mul', true, byte, constantFromInt(4));
const minusOne = constantFromInt(-1);

describe('a state that was looked at covers another', () => {
  test.each<{ name: string; old: Scalar; cur: Scalar; is: boolean }>([
    { name: 'anything, everything', old: UNKNOWN, cur: byte, is: true },
    { name: 'a byte, anything', old: byte, cur: UNKNOWN, is: false },
    { name: 'a byte, a number in it', old: byte, cur: constantFromInt(200), is: true },
    { name: 'a byte, a number beyond', old: byte, cur: constantFromInt(256), is: false },
    { name: 'multiples of 4, one of them', old: fours, cur: constantFromInt(8), is: true },
    { name: 'multiples of 4, what is none', old: fours, cur: constantFromInt(9), is: false },
    { name: 'a number, itself', old: minusOne, cur: constantFromInt(-1), is: true },
    { name: 'a number, another', old: minusOne, cur: ZERO, is: false },
  ])('$name: $is', ({ old, cur, is }) => {
    expect(within(old, cur)).toBe(is);
  });
});

describe('alignment', () => {
  test.each<{ s: Scalar; offset: number; size: number; is: boolean }>([
    { s: ZERO, offset: 8, size: 8, is: true },
    { s: ZERO, offset: -8, size: 8, is: true },
    { s: ZERO, offset: 2, size: 4, is: false },
    { s: fours, offset: 0, size: 4, is: true },
    { s: fours, offset: 2, size: 4, is: false },
    { s: fours, offset: 2, size: 2, is: true },
    { s: fours, offset: 0, size: 8, is: false },
    { s: UNKNOWN, offset: 0, size: 1, is: true },
    { s: UNKNOWN, offset: 0, size: 2, is: false },
    { s: UNKNOWN, offset: 1, size: 0, is: true },
  ])('$offset by $size: $is', ({ s, offset, size, is }) => {
    expect(isAligned(s, offset, size)).toBe(is);
  });
});

describe('in words', () => {
  test.each<{ s: Scalar; words: string; bits: string }>([
    { s: ZERO, words: '0', bits: '(0x0; 0x0)' },
    { s: minusOne, words: '-1', bits: '(0xffffffffffffffff; 0x0)' },
    { s: byte, words: '0..255', bits: '(0x0; 0xff)' },
    { s: fours, words: '0..1020, multiple of 4', bits: '(0x0; 0x3fc)' },
    { s: UNKNOWN, words: 'any number', bits: '(0x0; 0xffffffffffffffff)' },
    { s: clampSigned(V61, UNKNOWN, -4095, 64), words: '-4095..64', bits: '(0x0; 0xffffffffffffffff)' },
    { s: truncate(V61, UNKNOWN, 4), words: '0..4294967295', bits: '(0x0; 0xffffffff)' },
  ])('$words', ({ s, words, bits }) => {
    expect(formatScalar(s)).toBe(words);
    expect(formatVarOff(s)).toBe(bits);
  });
});

describe('numbers', () => {
  test('bounds as numbers', () => {
    expect([signedMin(minusOne), signedMax(minusOne)]).toEqual([-1, -1]);
    expect([unsignedMin(minusOne), unsignedMax(minusOne)]).toEqual([2 ** 64, 2 ** 64]);
    expect([signedMin(UNKNOWN), signedMax(UNKNOWN)]).toEqual([-(2 ** 63), 2 ** 63]);
    expect([unsignedMin(byte), unsignedMax(byte)]).toEqual([0, 255]);
    expect(constantNumber(constant(-1, 0x1fffff))).toBe(Number.MAX_SAFE_INTEGER);
    expect(constantNumber(minusOne)).toBe(-1);
    expect(constantNumber(constantFromUint(0xffffffff))).toBe(0xffffffff);
  });

  test('what is a constant', () => {
    expect([ZERO, minusOne, byte, UNKNOWN].map(isConstant)).toEqual([true, true, false, false]);
    expect([ZERO, minusOne, byte].map(isConstantZero)).toEqual([true, false, false]);
    const lowHalf = alu(V61, 'lsh', true, UNKNOWN, constantFromInt(32));
    expect([isConstant(lowHalf), isSubregConstant(lowHalf)]).toEqual([false, true]);
    expect(equalScalars(minusOne, constantFromInt(-1))).toBe(true);
    expect(equalScalars(minusOne, constantFromUint(0xffffffff))).toBe(false);
  });
});
