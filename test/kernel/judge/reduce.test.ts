import { expect, test } from 'vitest';
import type { ProgramCase } from '../generate/case.ts';
import { reduce } from './reduce.ts';

const slot = (opcode: string, imm = '00'): string => `${opcode}000000${imm}000000`;
const program: ProgramCase = {
  id: 'p',
  family: 'f',
  prog_type: 'sched_cls',
  // Ten of `r0 = 0`, a call, a jump over the rest to the exit.
  insns: [
    ...Array.from({ length: 10 }, () => slot('b7')),
    slot('85', '05'),
    '0500020000000000',
    slot('b7'),
    slot('b7'),
    slot('95'),
  ].join(''),
  kfunc_calls: {},
  map_refs: {},
  maps: [],
  btf: null,
  group: 1,
  variant: 0,
  mutated: [],
  kernel: {},
};

const slotsOf = ({ insns }: ProgramCase): readonly string[] => insns.match(/.{16}/g) ?? [];

test('a program shrinks to what shows it, and jumps keep their targets', async () => {
  const wanted = ['85', '0500', '95'];
  const smallest = await reduce(program, (programs) =>
    Promise.resolve(
      programs.map((made) => wanted.every((start) => slotsOf(made).some((one) => one.startsWith(start)))),
    ),
  );
  expect(slotsOf(smallest)).toEqual([slot('85', '05'), '0500000000000000', slot('95')]);
});

test('what can not shrink stays', async () => {
  expect(await reduce(program, (programs) => Promise.resolve(programs.map(() => false)))).toBe(program);
});
