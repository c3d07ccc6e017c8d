import { describe, expect, test } from 'vitest';
import { versionNumber } from '../../../src/verifier/kernel/version.ts';
import { alu, givesUp, pointerAdd, type AluOp } from '../../../src/verifier/scalar/alu.ts';
import { refine } from '../../../src/verifier/scalar/branch.ts';
import { truncate } from '../../../src/verifier/scalar/cast.ts';
import { scalarRules, type ScalarRules } from '../../../src/verifier/scalar/rules.ts';
import { constantFromInt, UNKNOWN, type Scalar } from '../../../src/verifier/scalar/scalar.ts';
import { ALU_OPS, compute, constantOf } from './concrete.ts';
import { read, write } from './notation.ts';
import { formatVarOff } from './var-off.ts';

const V518 = scalarRules(versionNumber('v5.18'));
const V519 = scalarRules(versionNumber('v5.19'));
const V61 = scalarRules(versionNumber('v6.1'));

type Step = readonly [op: AluOp, by: number];

/** A byte of a packet, then operations with constants. */
function byteThen(rules: ScalarRules, steps: readonly Step[]): Scalar {
  return steps.reduce((s, [op, by]) => alu(rules, op, true, s, constantFromInt(by)), truncate(rules, UNKNOWN, 1));
}

describe('known bits of a byte after', () => {
  test.each<{ steps: readonly Step[]; bits: string }>([
    { steps: [], bits: '(0x0; 0xff)' },
    { steps: [['lsh', 1]], bits: '(0x0; 0x1fe)' },
    { steps: [['lsh', 5]], bits: '(0x0; 0x1fe0)' },
    { steps: [['mul', 4]], bits: '(0x0; 0x3fc)' },
    { steps: [['mul', 16]], bits: '(0x0; 0xff0)' },
    {
      steps: [
        ['lsh', 2],
        ['add', 14],
      ],
      bits: '(0x2; 0x7fc)',
    },
    {
      steps: [
        ['lsh', 5],
        ['rsh', 1],
      ],
      bits: '(0x0; 0xff0)',
    },
    { steps: [['and', 0x0f]], bits: '(0x0; 0xf)' },
    { steps: [['or', 0x100]], bits: '(0x100; 0xff)' },
    { steps: [['xor', 0x80]], bits: '(0x0; 0xff)' },
    { steps: [['sub', 1]], bits: '(0x0; 0xffffffffffffffff)' },
    { steps: [['mul', 0]], bits: '(0x0; 0x0)' },
  ])('$steps: $bits', ({ steps, bits }) => {
    expect(formatVarOff(byteThen(V61, steps))).toBe(bits);
  });
});

describe('two constants give a constant', () => {
  const numbers = [
    0n,
    1n,
    5n,
    -1n,
    -7n,
    0x7fff_ffffn,
    0x8000_0000n,
    0xffff_ffffn,
    1n << 32n,
    1n << 63n,
    0x1234_5678_9abc_def0n,
  ];
  const ops = ALU_OPS.filter((op) => !['div', 'mod', 'sdiv', 'smod', 'lsh', 'rsh', 'arsh'].includes(op));

  test.each(ops)('%s', (op) => {
    for (const is64 of [true, false])
      for (const a of numbers)
        for (const b of numbers)
          expect(write(alu(V519, op, is64, constantOf(a), constantOf(b)))).toBe(
            write(constantOf(compute(op, is64, a, b))),
          );
  });

  test.each(['lsh', 'rsh', 'arsh'] as const)('%s', (op) => {
    for (const is64 of [true, false])
      for (const a of numbers)
        for (let by = 0n; by < (is64 ? 64n : 32n); by++)
          expect(write(alu(V519, op, is64, constantOf(a), constantOf(by)))).toBe(
            write(constantOf(compute(op, is64, a, by))),
          );
  });
});

describe('nothing is known', () => {
  const five = constantFromInt(5);
  const byte = truncate(V61, UNKNOWN, 1);

  test.each<{ name: string; op: AluOp; dst: Scalar; src: Scalar }>([
    { name: 'of a quotient', op: 'div', dst: constantFromInt(100), src: five },
    { name: 'of a remainder', op: 'mod', dst: constantFromInt(100), src: five },
    { name: 'of a product with what is not constant', op: 'mul', dst: five, src: byte },
    { name: 'of a disjunction with what is not constant', op: 'or', dst: five, src: byte },
    { name: 'of a shift by what is not constant', op: 'lsh', dst: five, src: byte },
    { name: 'of a shift by more than there are bits', op: 'rsh', dst: five, src: constantFromInt(64) },
    { name: 'of a shift by a negative number', op: 'arsh', dst: five, src: constantFromInt(-1) },
  ])('$name', ({ op, dst, src }) => {
    expect(alu(V61, op, true, dst, src)).toBe(UNKNOWN);
  });

  test('of a 32-bit product with what is not constant, not even that the upper half is zero', () => {
    expect(alu(V61, 'mul', false, five, byte)).toBe(UNKNOWN);
  });

  test('of a 32-bit quotient, but that the upper half is zero', () => {
    expect(formatVarOff(alu(V61, 'div', false, five, five))).toBe('(0x0; 0xffffffff)');
  });

  test('of a sum with what contradicts itself', () => {
    const contradicting = { ...five, smaxLo: 6 };
    expect(alu(V61, 'add', true, five, contradicting)).toBe(UNKNOWN);
  });
});

describe('a register is given up', () => {
  const two = constantFromInt(2);
  const far = constantFromInt(32);
  const byte = truncate(V61, UNKNOWN, 1);
  const V612 = scalarRules(versionNumber('v6.12'));
  const V70 = scalarRules(versionNumber('v7.0'));

  test.each<{ name: string; op: AluOp; src: Scalar; inV61: boolean; inV612: boolean; inV70: boolean }>([
    { name: 'not for a sum with what is unknown', op: 'add', src: UNKNOWN, inV61: false, inV612: false, inV70: false },
    { name: 'for a product with a range before v6.10', op: 'mul', src: byte, inV61: true, inV612: false, inV70: false },
    { name: 'for a quotient before v7.0', op: 'div', src: two, inV61: true, inV612: true, inV70: false },
    { name: 'for a remainder by a range', op: 'mod', src: byte, inV61: true, inV612: true, inV70: true },
    { name: 'not for a shift by a constant', op: 'lsh', src: two, inV61: false, inV612: false, inV70: false },
    { name: 'for a shift by too much', op: 'lsh', src: far, inV61: true, inV612: true, inV70: true },
    { name: 'for a shift by a range', op: 'rsh', src: byte, inV61: true, inV612: true, inV70: true },
  ])('$name', ({ op, src, inV61, inV612, inV70 }) => {
    expect([V61, V612, V70].map((rules) => givesUp(rules, op, false, src))).toEqual([inV61, inV612, inV70]);
  });
});

describe('kernels differ', () => {
  test('v5.18 does not take bounds from bits that an operation has taken from bounds', () => {
    const s = read('bits 0/3 s 0..2 u 0..2 s32 0..2 u32 0..2');
    const three = constantFromInt(3);
    expect(write(alu(V518, 'sub', false, s, three))).toContain('bits fffffffc/3 s 0..4294967295');
    expect(write(alu(V519, 'sub', false, s, three))).toContain('bits fffffffc/3 s 4294967292..4294967295');
  });

  test('v5.18 does not know the bits of a number that equals a constant it cannot equal', () => {
    const multipleOf8 = alu(V518, 'and', true, UNKNOWN, constantFromInt(-8));
    const minusOne = constantFromInt(-1);
    const learn = (rules: ScalarRules): string =>
      formatVarOff(refine(rules, 'jeq', false, multipleOf8, minusOne).taken.dst);
    expect(learn(V518)).toBe('(0xfffffff8; 0xffffffff00000000)');
    expect(learn(V519)).toBe('(0xffffffff; 0xffffffff00000000)');
  });

  test('v6.1 keeps the sign of a negative low half that is shifted up', () => {
    const signed = read(
      'bits 0/ffffffffffffffff s -9223372036854775808..9223372036854775807 u 0..18446744073709551615 s32 -5..3 u32 0..4294967295',
    );
    const by = constantFromInt(32);
    expect(write(alu(V61, 'lsh', true, signed, by))).toContain('s -21474836480..12884901888');
    expect(write(alu(V519, 'lsh', true, signed, by))).toContain('s -9223372036854775808..12884901888');
  });

  test('the low bits of v6.1 learn from 64-bit bounds', () => {
    const zero = constantFromInt(0);
    const upTo100 = read(`bits 0/ffffffffffffffff s 0..100 u 0..100 s32 -2147483648..2147483647 u32 0..4294967295`);
    expect(formatVarOff(pointerAdd(V61, upTo100, zero))).toBe('(0x0; 0x7f)');
    expect(formatVarOff(pointerAdd(V519, upTo100, zero))).toBe('(0x0; 0xffffffff)');
  });
});
