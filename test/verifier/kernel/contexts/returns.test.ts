import { describe, expect, it } from 'vitest';
import {
  attachTarget,
  checkLoadAttributes,
  checkReturnRange,
  type ContextProgram,
  type ReturnRange,
} from '../../../../src/verifier/kernel/contexts.ts';
import type { ErrnoName } from '../../../../src/verifier/errno.ts';
import { answers, ASKED, askedKernel } from './kernels.ts';
import { programOf } from './programs.ts';

const LETTERS: Readonly<Partial<Record<ErrnoName, string>>> = {
  EACCES: 'a',
  EINVAL: 'i',
  ENOTSUPP: 'n',
  EOPNOTSUPP: 'o',
};

describe.each(ASKED)('programs that end, on %s', (version) => {
  const kernel = askedKernel(version);
  const [[, ...values] = [], ...lines] = answers(`returns-${version}.txt`);

  /** The letter for each of some values. */
  const judge = (program: ContextProgram, judged: readonly string[]): string => {
    const target = checkLoadAttributes(kernel, program) ?? attachTarget(kernel, program);
    if (target.kind === 'rejected') {
      return (LETTERS[target.errno] ?? '?').repeat(judged.length);
    }
    if (target.kind === 'unsupported') return 'u'.repeat(judged.length);
    const range = checkReturnRange(kernel, program, target);
    return judged.map((value) => fits(range, value)).join('');
  };

  const cases = lines
    .filter(([, , , word]) => word !== 'sleepable')
    .flatMap(([progType = '', attach = '', target = '', expected = '']) =>
      numbers(attach).map((number) => ({ progType, number, target, expected })),
    );
  it.each(cases)('$progType $number $target: as the kernel says', ({ progType, number, target, expected }) => {
    const [name = '', mark] = target.split(':');
    const program = { ...programOf(progType, number, name), sleepable: mark === 'sleepable' };
    const asked = values.filter((_, index) => expected[index] !== '.');
    expect(judge(program, asked)).toBe(expected.replaceAll('.', ''));
  });

  const sleepers = lines
    .filter(([, , , word]) => word === 'sleepable')
    .flatMap(([progType = '', attach = '', target = '', , expected = '']) =>
      numbers(attach).map((number) => ({ progType, number, target, expected })),
    );
  it.each(sleepers)('sleepable $progType $number $target: $expected', ({ progType, number, target, expected }) => {
    const program = { ...programOf(progType, number, target), sleepable: true };
    expect(judge(program, [progType === 'cgroup_sock_addr' ? 'c:1' : 'c:0'])).toBe(expected);
  });
});

/** `1,3-4` as 1, 3, 4. */
function numbers(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function fits(range: ReturnRange, value: string): string {
  const [kind = '', text = ''] = value.split(':');
  if (range.kind === 'unchecked') return 'k';
  if (kind === 'none') return 'a';
  if (range.kind === 'any') return 'k';
  if (range.kind === 'refused') return 'n';
  if (kind === 'ctx' || kind === 'fp') return 'i';
  const [low, high] = bounds(kind, BigInt(text), range.lowBits);
  return low >= BigInt(range.min) && high <= BigInt(range.max) ? 'k' : 'i';
}

/** The smallest and the largest number that a value may be. */
function bounds(kind: string, number: bigint, lowBits: boolean): readonly [bigint, bigint] {
  const signed = (each: bigint): bigint => BigInt.asIntN(lowBits ? 32 : 64, each);
  switch (kind) {
    case 'unk':
      return lowBits ? [-(2n ** 31n), 2n ** 31n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n];
    case 'and':
    case 'and32':
      return [0n, number];
    case 'or':
      return [2n, 3n];
    case 'w':
      return [signed(BigInt.asUintN(32, number)), signed(BigInt.asUintN(32, number))];
    default:
      return [signed(number), signed(number)];
  }
}
