import { describe, expect, test } from 'vitest';
import { versionNumber } from '../../../src/verifier/kernel/version.ts';
import { branchTaken, flipOp, refine, type JumpOp } from '../../../src/verifier/scalar/branch.ts';
import { truncate, zeroExtend32 } from '../../../src/verifier/scalar/cast.ts';
import { formatScalar } from '../../../src/verifier/scalar/format.ts';
import { scalarRules } from '../../../src/verifier/scalar/rules.ts';
import { constantFromInt, UNKNOWN, type Scalar } from '../../../src/verifier/scalar/scalar.ts';
import { JUMP_OPS } from './concrete.ts';

const V61 = scalarRules(versionNumber('v6.1'));
const byte = truncate(V61, UNKNOWN, 1);

describe('a jump on a byte and a constant', () => {
  test.each<{ op: JumpOp; by: number; taken: 1 | 0 | -1 }>([
    { op: 'jgt', by: 255, taken: 0 },
    { op: 'jgt', by: 254, taken: -1 },
    { op: 'jge', by: 0, taken: 1 },
    { op: 'jge', by: 256, taken: 0 },
    { op: 'jlt', by: 256, taken: 1 },
    { op: 'jle', by: 255, taken: 1 },
    { op: 'jsgt', by: -1, taken: 1 },
    { op: 'jslt', by: 0, taken: 0 },
    { op: 'jsge', by: 0, taken: 1 },
    { op: 'jsle', by: -1, taken: 0 },
    { op: 'jset', by: 0x100, taken: 0 },
    { op: 'jset', by: 1, taken: -1 },
    { op: 'jeq', by: 256, taken: -1 },
    { op: 'jne', by: 256, taken: -1 },
  ])('$op $by: $taken', ({ op, by, taken }) => {
    for (const is64 of [true, false]) expect(branchTaken(V61, op, is64, byte, constantFromInt(by))).toBe(taken);
  });

  test('is not foreseen with the constant on the left', () => {
    for (const op of JUMP_OPS) expect(branchTaken(V61, op, true, constantFromInt(1000), byte)).toBe(-1);
  });
});

describe('what a jump teaches of a byte', () => {
  test.each<{ op: JumpOp; by: number; taken: string; fallthrough: string }>([
    { op: 'jgt', by: 10, taken: '11..255', fallthrough: '0..10' },
    { op: 'jge', by: 10, taken: '10..255', fallthrough: '0..9' },
    { op: 'jlt', by: 10, taken: '0..9', fallthrough: '10..255' },
    { op: 'jle', by: 10, taken: '0..10', fallthrough: '11..255' },
    { op: 'jsgt', by: 10, taken: '11..255', fallthrough: '0..10' },
    { op: 'jsge', by: 10, taken: '10..255', fallthrough: '0..9' },
    { op: 'jslt', by: 10, taken: '0..9', fallthrough: '10..255' },
    { op: 'jsle', by: 10, taken: '0..10', fallthrough: '11..255' },
    { op: 'jeq', by: 10, taken: '10', fallthrough: '0..255' },
    { op: 'jne', by: 10, taken: '0..255', fallthrough: '10' },
    { op: 'jset', by: 1, taken: '1..255', fallthrough: '0..254, multiple of 2' },
    { op: 'jset', by: 3, taken: '0..255', fallthrough: '0..252, multiple of 4' },
  ])('$op $by', ({ op, by, taken, fallthrough }) => {
    for (const is64 of [true, false]) {
      const src = constantFromInt(by);
      const sides = refine(V61, op, is64, byte, src);
      expect(formatScalar(sides.taken.dst)).toBe(taken);
      expect(formatScalar(sides.fallthrough.dst)).toBe(fallthrough);
      expect(sides.taken.src).toBe(src);
      expect(sides.fallthrough.src).toBe(src);
      const swapped = refine(V61, flipOp(op), is64, src, byte);
      expect(formatScalar(swapped.taken.src)).toBe(taken);
      expect(formatScalar(swapped.fallthrough.src)).toBe(fallthrough);
    }
  });

  test('is shared where it is the same', () => {
    expect(refine(V61, 'jgt', true, byte, constantFromInt(1000)).fallthrough.dst).toBe(byte);
  });
});

describe('two numbers of which neither is constant', () => {
  const word = zeroExtend32(V61, UNKNOWN);
  const learn = (op: JumpOp, is64: boolean): readonly Scalar[] => {
    const { taken, fallthrough } = refine(V61, op, is64, word, byte);
    return [taken.dst, taken.src, fallthrough.dst, fallthrough.src];
  };

  test('are known to be alike where they are equal', () => {
    expect(learn('jeq', true).map(formatScalar)).toEqual(['0..255', '0..255', '0..4294967295', '0..255']);
    expect(learn('jne', true).map(formatScalar)).toEqual(['0..4294967295', '0..255', '0..255', '0..255']);
  });

  test.each(JUMP_OPS)('%s of 32 bits teaches nothing', (op) => {
    expect(learn(op, false)).toEqual([word, byte, word, byte]);
  });
});

test('a condition turned around twice is what it was', () => {
  for (const op of JUMP_OPS) expect(flipOp(flipOp(op))).toBe(op);
});
