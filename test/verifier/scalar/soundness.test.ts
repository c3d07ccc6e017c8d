import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { versionNumber } from '../../../src/verifier/kernel/version.ts';
import { alu, pointerAdd, pointerKeep, pointerSub } from '../../../src/verifier/scalar/alu.ts';
import { branchTaken, refine } from '../../../src/verifier/scalar/branch.ts';
import { truncate, zeroExtend32 } from '../../../src/verifier/scalar/cast.ts';
import { within } from '../../../src/verifier/scalar/compare.ts';
import { scalarRules } from '../../../src/verifier/scalar/rules.ts';
import type { Scalar } from '../../../src/verifier/scalar/scalar.ts';
import { known } from './arbitrary.ts';
import { ALU_OPS, compute, constantOf, holds, isSmall, JUMP_OPS, jumps } from './concrete.ts';
import { write } from './notation.ts';

function expectHeld(s: Scalar, value: bigint): void {
  expect(holds(s, value), `${String(value)} in ${write(s)}`).toBe(true);
  expect(isSmall(s), write(s)).toBe(true);
}

const WIDTHS = [
  { bits: 64, is64: true },
  { bits: 32, is64: false },
] as const;

describe.each(['v5.18', 'v5.19', 'v6.1'])('what is known in %s holds what is computed', (version) => {
  const rules = scalarRules(versionNumber(version));
  const number = known(rules);

  describe.each(WIDTHS)('of $bits bits', ({ is64 }) => {
    test.each(ALU_OPS)('%s', (op) => {
      fc.assert(
        fc.property(number, number, (a, b) => {
          // Shifts by too much are no matter of arithmetic: what they do depends on the machine.
          const value = compute(op, is64, a.value, b.value);
          expectHeld(alu(rules, op, is64, a.scalar, b.scalar), value);
          expectHeld(alu(rules, op, is64, a.scalar, constantOf(b.value)), value);
        }),
        { numRuns: 150 },
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
        }),
        { numRuns: 150 },
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
      { numRuns: 1000 },
    );
  });

  test('what is within something else is all in there', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        if (within(a.scalar, b.scalar)) expectHeld(a.scalar, b.value);
        expect(within(a.scalar, a.scalar)).toBe(true);
        expect(within(a.scalar, constantOf(a.value))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
