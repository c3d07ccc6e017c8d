import type { AluName, JumpName } from '../opcodes.ts';

/** Numbers that stand for all, with many at the edges. */
export const SAMPLES: readonly bigint[] = [
  ...[0n, 1n, 2n, 3n, 7n, 8n, 14n, 15n, 16n, 63n, 64n, 100n, 255n, 256n, 0x7fffn, 0xffffn, 0x10000n, 0x7fffffffn],
  ...[0x80000000n, 0xfffffff8n, 0xffffffffn, 0x100000000n, 0x7fffffffffffffffn, 0x8000000000000000n],
  ...[0xffffffff00000000n, 0xffffffff80000000n, 0xffffffffffffffffn, 0xfffffffffffffff0n, 0x123456789abcdef0n],
];

/** What the machine computes. */
export function apply(op: AluName, left: bigint, right: bigint, bits: 32 | 64): bigint {
  const [a, b] = [BigInt.asUintN(bits, left), BigInt.asUintN(bits, right)];
  const shift = b % BigInt(bits);
  const result = (): bigint => {
    switch (op) {
      case 'add':
        return a + b;
      case 'sub':
        return a - b;
      case 'mul':
        return a * b;
      case 'div':
        return b === 0n ? 0n : a / b;
      case 'mod':
        return b === 0n ? a : a % b;
      case 'and':
        return a & b;
      case 'or':
        return a | b;
      case 'xor':
        return a ^ b;
      case 'lsh':
        return a << shift;
      case 'rsh':
        return a >> shift;
      case 'arsh':
        return BigInt.asIntN(bits, a) >> shift;
      case 'neg':
        return -a;
      case 'mov':
      case 'end':
        return b;
    }
  };
  return BigInt.asUintN(bits, result());
}

export function holds(op: JumpName, left: bigint, right: bigint, bits: 32 | 64): boolean {
  const [a, b] = [BigInt.asUintN(bits, left), BigInt.asUintN(bits, right)];
  const [sa, sb] = [BigInt.asIntN(bits, left), BigInt.asIntN(bits, right)];
  switch (op) {
    case 'ja':
      return true;
    case 'eq':
      return a === b;
    case 'ne':
      return a !== b;
    case 'gt':
      return a > b;
    case 'ge':
      return a >= b;
    case 'lt':
      return a < b;
    case 'le':
      return a <= b;
    case 'sgt':
      return sa > sb;
    case 'sge':
      return sa >= sb;
    case 'slt':
      return sa < sb;
    case 'sle':
      return sa <= sb;
    case 'set':
      return (a & b) !== 0n;
  }
}

/** At most what a test needs of memory. */
export function truncate(value: bigint): bigint {
  return value > 4000n ? 4000n : value < 0n ? 0n : value;
}
