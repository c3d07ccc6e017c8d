import { describe, expect, test } from 'vitest';
import type { Case, ProgramCase } from './case.ts';
import { FAMILIES } from './families/table.ts';
import { generate } from './generate.ts';
import { putTogether, removeSlots, takeApart } from './slots.ts';

function some(seed: number, count: number, family?: string): Case[] {
  return generate({ seed, count, family, mutations: 20, accepted: [] });
}

const isProgram = (made: Case): made is ProgramCase => made.kind !== 'map';

describe('generated cases', () => {
  test('the same seed gives the same cases, another gives others', () => {
    expect(some(7, 200)).toEqual(some(7, 200));
    expect(some(8, 200)).not.toEqual(some(7, 200));
  });

  test.each(FAMILIES.map(({ name }) => name))('%s', (name) => {
    const cases = some(3, 60, name);
    expect(cases).toHaveLength(60);
    expect(new Set(cases.map(({ family }) => family))).toEqual(new Set([name]));
    // Bases, variants of them, and mutations.
    expect(new Set(cases.map(({ mutated }) => mutated.length > 0))).toEqual(new Set([true, false]));
  });

  test('a variant differs from its base', () => {
    const cases = some(4, 400);
    const bases = new Map(cases.filter(({ variant }) => variant === 0).map((made) => [made.group, made]));
    const variants = cases.filter(({ variant, group }) => variant > 0 && bases.has(group));
    const same = variants.filter((made) => JSON.stringify(body(made)) === JSON.stringify(body(bases.get(made.group))));
    expect(variants.length).toBeGreaterThan(100);
    expect(same.length).toBeLessThan(variants.length / 10);
  });
});

function body(made: Case | undefined): unknown {
  if (made === undefined) return undefined;
  return made.kind === 'map' ? [made.maps, made.ops] : [made.insns, made.kfunc_calls, made.maps, made.prog_type];
}

describe('programs taken apart', () => {
  test('are the same when put together again', () => {
    const programs = some(5, 500).filter(isProgram);
    expect(programs.length).toBeGreaterThan(300);
    for (const program of programs) expect(putTogether(program, takeApart(program))).toEqual(program);
  });

  test('keep the targets of jumps when a slot goes', () => {
    const program: ProgramCase = {
      ...(some(5, 1, 'wide-stack')[0] as ProgramCase),
      // if r1 == 0 goto exit; r0 = 1; r0 = 2; exit
      insns: '1501020000000000b700000001000000b7000000020000009500000000000000',
      kfunc_calls: {},
      map_refs: {},
    };
    const apart = takeApart(program);
    removeSlots(apart, 1, 1);
    expect(putTogether(program, apart).insns).toBe('1501010000000000b7000000020000009500000000000000');
  });
});
