import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { versionNumber } from '../../../src/verifier/kernel/version.ts';
import { alu, negate, pointerAdd, pointerKeep, pointerSub } from '../../../src/verifier/scalar/alu.ts';
import { branchTaken, refine } from '../../../src/verifier/scalar/branch.ts';
import { byteSwap } from '../../../src/verifier/scalar/byte-swap.ts';
import { signExtend, truncate, zeroExtend32 } from '../../../src/verifier/scalar/cast.ts';
import { within } from '../../../src/verifier/scalar/compare.ts';
import { forkMask } from '../../../src/verifier/scalar/fork.ts';
import { scalarRules } from '../../../src/verifier/scalar/rules.ts';
import { UNKNOWN, type Scalar } from '../../../src/verifier/scalar/scalar.ts';
import { known } from './arbitrary.ts';
import { ALU_OPS, compute, constantOf, holds, isSmall, JUMP_OPS, jumps, reverseBytes } from './concrete.ts';
import { write } from './notation.ts';

function expectHeld(s: Scalar, value: bigint): void {
  expect(holds(s, value), `${String(value)} in ${write(s)}`).toBe(true);
  expect(isSmall(s), write(s)).toBe(true);
}

const WIDTHS = [
  { bits: 64, is64: true },
  { bits: 32, is64: false },
] as const;

describe.each(['v5.18', 'v5.19', 'v6.1', 'v6.8', 'v6.12', 'v6.18', 'v7.1'])(
  'what is known in %s holds what is computed',
  (version) => {
    const rules = scalarRules(versionNumber(version));
    const RUNS = { numRuns: rules.widthsLearn ? 30 : 80 };
    const number = known(rules);

    describe.each(WIDTHS)('of $bits bits', ({ is64 }) => {
      test.each(ALU_OPS)('%s', (op) => {
        fc.assert(
          fc.property(number, number, (a, b) => {
            const value = compute(op, is64, a.value, b.value);
            expectHeld(alu(rules, op, is64, a.scalar, b.scalar), value);
            expectHeld(alu(rules, op, is64, a.scalar, constantOf(b.value)), value);
          }),
          RUNS,
        );
      });

      test.each(JUMP_OPS)('%s', (op) => {
        fc.assert(
          fc.property(number, number, fc.boolean(), (a, b, exact) => {
            const src = exact ? constantOf(b.value) : b.scalar;
            const taken = jumps(op, is64, a.value, b.value);
            expect(branchTaken(rules, op, is64, a.scalar, src)).not.toBe(taken ? 0 : 1);
            const sides = refine(rules, op, is64, a.scalar, src);
            const side = taken ? sides.taken : sides.fallthrough;
            expectHeld(side.dst, a.value);
            expectHeld(side.src, b.value);
            const takesSelf = jumps(op, is64, a.value, a.value);
            expect(branchTaken(rules, op, is64, a.scalar, a.scalar, true)).not.toBe(takesSelf ? 0 : 1);
          }),
          RUNS,
        );
      });

      test('negation', () => {
        fc.assert(
          fc.property(number, (a) => {
            expectHeld(negate(rules, is64, a.scalar), compute('sub', is64, 0n, a.value));
          }),
          RUNS,
        );
      });
    });

    test('loads, moves and pointers', () => {
      fc.assert(
        fc.property(number, number, fc.constantFrom(1 as const, 2 as const, 4 as const), (a, b, bytes) => {
          expectHeld(truncate(rules, a.scalar, bytes), BigInt.asUintN(bytes * 8, a.value));
          expectHeld(zeroExtend32(rules, a.scalar), BigInt.asUintN(32, a.value));
          expectHeld(pointerAdd(rules, a.scalar, b.scalar), a.value + b.value);
          expectHeld(pointerSub(rules, a.scalar, b.scalar), a.value - b.value);
          expectHeld(pointerKeep(rules, a.scalar), a.value);
        }),
        RUNS,
      );
    });

    test('swapped bytes', () => {
      fc.assert(
        fc.property(number, fc.constantFrom(16 as const, 32 as const, 64 as const), fc.boolean(), (a, bits, swaps) => {
          const cut = BigInt.asUintN(bits, a.value);
          expectHeld(byteSwap(rules, a.scalar, bits, swaps), swaps ? reverseBytes(cut, bits / 8) : cut);
        }),
        RUNS,
      );
    });

    // Kernels that lose the upper half of unsigned bounds there are not sound, and are followed in that all the same.
    const sound = rules.extensionKeepsUnsigned;
    test(`sign extension${sound ? '' : ' of what is not negative'}`, () => {
      fc.assert(
        fc.property(number, fc.constantFrom(8 as const, 16 as const, 32 as const), (a, bits) => {
          const extended = BigInt.asIntN(bits, a.value);
          if (!sound && (extended < 0n || a.value > 0xffn)) return;
          expectHeld(signExtend(rules, a.scalar, bits, true), extended);
          if (bits < 32) expectHeld(signExtend(rules, a.scalar, bits, false), BigInt.asUintN(32, extended));
        }),
        RUNS,
      );
    });

    test('what is within something else is all in there', () => {
      fc.assert(
        fc.property(number, number, (a, b) => {
          if (within(a.scalar, b.scalar)) expectHeld(a.scalar, b.value);
          expect(within(a.scalar, a.scalar)).toBe(true);
          expect(within(a.scalar, constantOf(a.value))).toBe(true);
        }),
        RUNS,
      );
    });

    test('a mask is walked for both that it can be', () => {
      const mask = alu(rules, 'arsh', true, truncate(rules, constantOf(0x80n), 1), constantOf(63n));
      const sign = alu(rules, 'arsh', true, UNKNOWN, constantOf(63n));
      expect(forkMask(rules, 'and', mask, constantOf(7n))).toBeUndefined();
      const fork = forkMask(rules, 'and', sign, constantOf(7n));
      expect(fork && [write(fork.pushed), write(fork.now)]).toEqual(rules.forksMasks ? ['0', '-1'] : undefined);
      expect(forkMask(rules, 'xor', sign, constantOf(7n))).toBeUndefined();
    });
  },
);
