import { alu, type AluOp } from '../src/verifier/scalar/alu.ts';
import { branchTaken, refine } from '../src/verifier/scalar/branch.ts';
import { truncate } from '../src/verifier/scalar/cast.ts';
import { within } from '../src/verifier/scalar/compare.ts';
import { scalarRules } from '../src/verifier/scalar/rules.ts';
import { constantFromInt, UNKNOWN, type Scalar } from '../src/verifier/scalar/scalar.ts';
import { versionNumber } from '../src/verifier/kernel/version.ts';
import { median, type Row } from './row.ts';

const rules = scalarRules(versionNumber('v6.1'));
const OPS: readonly AluOp[] = ['add', 'sub', 'mul', 'and', 'or', 'xor', 'add', 'sub'];
const CALLS = 1 << 20;

/** Nanoseconds an operation on what is known of numbers takes; the verifier does some with every instruction. */
export function scalars(): readonly Row[] {
  const constants = Array.from({ length: 64 }, (_, i) => constantFromInt(i * 0x9e3779b1));
  const bytes = constants.map((c) => alu(rules, 'and', true, UNKNOWN, constantFromInt(c.valueLo & 0xffff)));
  const row = (name: string, limit: number, run: (i: number) => unknown): Row => ({
    name: `scalar: ${name}`,
    value: nanoseconds(run),
    unit: 'ns',
    limit,
  });
  const op = (i: number): AluOp => OPS[i & 7] ?? 'add';
  const of = (list: readonly Scalar[], i: number): Scalar => list[i & 63] ?? UNKNOWN;
  return [
    row('two constants', 100, (i) => alu(rules, op(i), true, of(constants, i), of(constants, i + 7))),
    row('nothing known and a constant', 100, (i) => alu(rules, op(i), true, UNKNOWN, of(constants, i))),
    row('a range and a constant', 250, (i) => alu(rules, op(i), true, of(bytes, i), of(constants, i))),
    row('two ranges', 250, (i) => alu(rules, 'add', true, of(bytes, i), of(bytes, i + 7))),
    row('is a branch taken', 50, (i) => branchTaken(rules, 'jgt', true, of(bytes, i), of(constants, i))),
    row('what a branch teaches', 400, (i) => refine(rules, 'jgt', true, of(bytes, i), of(constants, i))),
    row('a load of one byte', 100, (i) => truncate(rules, (i & 1) === 0 ? UNKNOWN : of(bytes, i), 1)),
    row('pruning', 50, (i) => within(of(bytes, i), of(bytes, i + 1))),
  ];
}

/** What one call takes of a processor, which others may use too: the middle of some rounds, the first of which warm up. */
function nanoseconds(run: (i: number) => unknown): number {
  const rounds: number[] = [];
  let kept = 0;
  for (let round = 0; round < 8; round++) {
    const start = process.cpuUsage();
    for (let i = 0; i < CALLS; i++) if (run(i) === undefined) kept++;
    if (round > 1) rounds.push((process.cpuUsage(start).user * 1000) / CALLS);
  }
  return kept === 0 ? median(rounds) : NaN;
}
