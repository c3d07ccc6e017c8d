import fc from 'fast-check';
import { alu } from '../../../src/verifier/scalar/alu.ts';
import { refine } from '../../../src/verifier/scalar/branch.ts';
import { truncate, zeroExtend32 } from '../../../src/verifier/scalar/cast.ts';
import type { ScalarRules } from '../../../src/verifier/scalar/rules.ts';
import { UNKNOWN, type Scalar } from '../../../src/verifier/scalar/scalar.ts';
import { ALU_OPS, compute, constantOf, JUMP_OPS, jumps } from './concrete.ts';

/** A number, and what the verifier knows of it. */
export interface Known {
  readonly value: bigint;
  readonly scalar: Scalar;
}

/** Numbers at the edges of the ranges, and any. */
export const number64: fc.Arbitrary<bigint> = fc
  .tuple(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.nat(63), fc.integer({ min: -1, max: 1 }), fc.nat(3))
  .map(([any, bit, off, kind]) => {
    const edge = [any, any >> BigInt(bit), (1n << BigInt(bit)) + BigInt(off), -BigInt(bit)][kind] ?? any;
    return BigInt.asUintN(64, edge);
  });

type Step =
  | { readonly kind: 'alu'; readonly op: number; readonly is64: boolean; readonly by: bigint }
  | { readonly kind: 'jump'; readonly op: number; readonly is64: boolean; readonly by: bigint }
  | { readonly kind: 'load'; readonly bytes: 1 | 2 | 4 }
  | { readonly kind: 'move32' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('alu' as const), op: fc.nat(12), is64: fc.boolean(), by: number64 }),
  fc.record({ kind: fc.constant('jump' as const), op: fc.nat(10), is64: fc.boolean(), by: number64 }),
  fc.record({ kind: fc.constant('load' as const), bytes: fc.constantFrom(1 as const, 2 as const, 4 as const) }),
  fc.constant({ kind: 'move32' as const }),
);

/** What a program may come to know of a number: it starts from nothing, or all, and goes through some instructions. */
export function known(rules: ScalarRules): fc.Arbitrary<Known> {
  return fc.tuple(number64, fc.boolean(), fc.array(step, { maxLength: 5 })).map(([value, constant, steps]) =>
    steps.reduce<Known>((before, next) => go(rules, before, next), {
      value,
      scalar: constant ? constantOf(value) : UNKNOWN,
    }),
  );
}

function go(rules: ScalarRules, { value, scalar }: Known, next: Step): Known {
  switch (next.kind) {
    case 'alu': {
      const op = ALU_OPS[next.op] ?? 'add';
      const by = constantOf(next.by);
      return {
        value: compute(op, next.is64, value, next.by),
        scalar: alu(rules, op, next.is64, scalar, by),
      };
    }
    case 'jump': {
      const op = JUMP_OPS[next.op] ?? 'jeq';
      const sides = refine(rules, op, next.is64, scalar, constantOf(next.by));
      return { value, scalar: (jumps(op, next.is64, value, next.by) ? sides.taken : sides.fallthrough).dst };
    }
    case 'load':
      return { value: BigInt.asUintN(next.bytes * 8, value), scalar: truncate(rules, scalar, next.bytes) };
    case 'move32':
      return { value: BigInt.asUintN(32, value), scalar: zeroExtend32(rules, scalar) };
  }
}
