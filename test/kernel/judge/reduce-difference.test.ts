import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { table as v519 } from '../../../generated/tables/v5.19.ts';
import { table as v61 } from '../../../generated/tables/v6.1.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { parseProgramJson } from '../../../src/program/json/parse-program-json.ts';
import { bootKernel } from '../../../src/verifier/kernel/kernel.ts';
import type { Case, ProgramCase } from '../generate/case.ts';
import { LD_IMM64 } from '../generate/opcodes.ts';
import { putTogether, removeSlots, takeApart } from '../generate/slots.ts';
import { CORPUS } from '../paths.ts';
import { judge } from './judge.ts';
import { reduce } from './reduce.ts';

const blob = (name: string) => openBtf(readFileSync(join(CORPUS, `btf/${name}.btf`)));
const types = new Map(['maps', 'maps-tagorder'].map((name) => [name, blob(name)]));
const kernel = blob('kernel-v5.19');
const kernels = [bootKernel(v519, kernel), bootKernel(v61, kernel)];

/** What both return of a program; undefined if one of them can't tell. */
function errnos(program: ProgramCase): readonly number[] | undefined {
  const parsed = parseProgramJson({ ...program, kernel: {} }, { btfOf: (name) => types.get(name), file: 'case' });
  const said = kernels.map((each) => judge(each, parsed));
  return said.every((each) => each.kind === 'program') ? said.map(({ errno }) => errno) : undefined;
}

/** Programs of which a real v5.19 and a real v6.1 said different things. */
const cases = readFileSync(join(CORPUS, 'cases.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Case)
  .filter((each) => each.kind !== 'map')
  .map((each) => ({ ...each, real: ['v5.19', 'v6.1'].map((label) => each.kernel[label]?.errno ?? NaN) }))
  .filter(({ real: [first = NaN, second = NaN] }) => !Number.isNaN(first - second) && first !== second);

describe('a difference of two real kernels', () => {
  test('the corpus has some', () => {
    expect(cases.length).toBeGreaterThan(5);
  });

  test.each(cases.map((each) => [each.id, each] as const))(
    '%s shrinks, and stays that difference',
    async (_id, each) => {
      const way = each.real.join();
      const shows = (program: ProgramCase): boolean => errnos(program)?.join() === way;
      expect(errnos(each)).toEqual(each.real);
      const smallest = await reduce(each, (programs) => Promise.resolve(programs.map(shows)));
      expect(errnos(smallest)).toEqual(each.real);
      expect(smallest.insns.length).toBeLessThanOrEqual(each.insns.length);
      // Nothing can go, whichever instruction it is.
      expect(withoutOne(smallest).filter(shows)).toEqual([]);
    },
  );

  test('most of them get smaller', async () => {
    const smaller = await Promise.all(
      cases.map(async (each) => {
        const way = each.real.join();
        const shows = (program: ProgramCase): boolean => errnos(program)?.join() === way;
        const { insns } = await reduce(each, (programs) => Promise.resolve(programs.map(shows)));
        return insns.length < each.insns.length;
      }),
    );
    expect(smaller.filter(Boolean).length).toBeGreaterThan(cases.length / 2);
  });
});

function withoutOne(program: ProgramCase): readonly ProgramCase[] {
  const { slots } = takeApart(program);
  return slots.flatMap(({ opcode }, at) => {
    // Second halves go with their first.
    if (slots[at - 1]?.opcode === LD_IMM64 || slots.length === 1) return [];
    const apart = takeApart(program);
    removeSlots(apart, at, opcode === LD_IMM64 ? 2 : 1);
    return [putTogether(program, apart)];
  });
}
