import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { versionNumber } from '../../../src/verifier/kernel/version.ts';
import { alu, negate, pointerAdd, pointerSub, type AluOp } from '../../../src/verifier/scalar/alu.ts';
import { branchTaken, refine, type JumpOp } from '../../../src/verifier/scalar/branch.ts';
import { byteSwap } from '../../../src/verifier/scalar/byte-swap.ts';
import { clampSigned, signExtend, truncate, zeroExtend32 } from '../../../src/verifier/scalar/cast.ts';
import { within } from '../../../src/verifier/scalar/compare.ts';
import { scalarRules, type ScalarRules } from '../../../src/verifier/scalar/rules.ts';
import type { Scalar } from '../../../src/verifier/scalar/scalar.ts';
import { ALU_OPS, JUMP_OPS } from './concrete.ts';
import { read, write } from './notation.ts';

type Run = (rules: ScalarRules, dst: Scalar, src: Scalar) => readonly string[];

const RUNS: Readonly<Record<string, Run>> = Object.fromEntries([
  ...ALU_OPS.flatMap((op) => [aluRun(op, true), aluRun(op, false)]),
  ...JUMP_OPS.flatMap((op) => [takenRun(op, true), takenRun(op, false), learnRun(op, true), learnRun(op, false)]),
  ...([1, 2, 4] as const).map((bytes): [string, Run] => [
    `load${bytes}`,
    (rules, s) => [write(truncate(rules, s, bytes))],
  ]),
  ...([16, 32, 64] as const).flatMap((bits): [string, Run][] => [
    [`swap${bits}`, (rules, s) => [write(byteSwap(rules, s, bits, true))]],
    [`cut${bits}`, (rules, s) => [write(byteSwap(rules, s, bits, false))]],
  ]),
  ...([8, 16, 32] as const).flatMap((bits): [string, Run][] => [
    [`extend${bits} 64`, (rules, s) => [write(signExtend(rules, s, bits, true))]],
    [`extend${bits} 32`, (rules, s) => [write(signExtend(rules, s, bits, false))]],
  ]),
  ['neg64', (rules, s) => [write(negate(rules, true, s))]],
  ['neg32', (rules, s) => [write(negate(rules, false, s))]],
  ['move32', (rules, s) => [write(zeroExtend32(rules, s))]],
  ['pointer add', (rules, s, by) => [write(pointerAdd(rules, s, by))]],
  ['pointer sub', (rules, s, by) => [write(pointerSub(rules, s, by))]],
  ['clamp', (rules, s, max) => [write(clampSigned(rules, s, -4095, max.valueLo))]],
  ['within', (_rules, old, cur) => [within(old, cur) ? '1' : '0']],
] satisfies [string, Run][]);

function aluRun(op: AluOp, is64: boolean): [string, Run] {
  return [`${op}${is64 ? '64' : '32'}`, (rules, dst, src) => [write(alu(rules, op, is64, dst, src))]];
}

function takenRun(op: JumpOp, is64: boolean): [string, Run] {
  return [`${op}${is64 ? '64' : '32'} taken`, (rules, dst, src) => [String(branchTaken(rules, op, is64, dst, src))]];
}

function learnRun(op: JumpOp, is64: boolean): [string, Run] {
  return [
    `${op}${is64 ? '64' : '32'} learn`,
    (rules, dst, src) => {
      const { taken, fallthrough } = refine(rules, op, is64, dst, src);
      return [taken.dst, taken.src, fallthrough.dst, fallthrough.src].map(write);
    },
  ];
}

interface Row {
  readonly version: string;
  readonly name: string;
  readonly operands: readonly string[];
  readonly results: readonly string[];
}

const rows = readFileSync(new URL('kernel-results.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .map((line): Row => {
    const [version = '', name = '', ...rest] = line.split('\t');
    const equals = rest.indexOf('=');
    return { version, name, operands: rest.slice(0, equals), results: rest.slice(equals + 1) };
  });

describe.each([...new Set(rows.map(({ version }) => version))])('as %s computes it', (version) => {
  const rules = scalarRules(versionNumber(version));
  const names = [...new Set(rows.filter((row) => row.version === version).map(({ name }) => name))];

  test.each(names)('%s', (name) => {
    const run = RUNS[name];
    if (run === undefined) throw new Error(`nothing runs ${name}`);
    for (const { operands, results } of rows.filter((row) => row.version === version && row.name === name)) {
      const [dst = '0', src = '0'] = operands;
      expect(run(rules, read(dst), read(src)), operands.join(` ${name} `)).toEqual(results);
    }
  });
});
