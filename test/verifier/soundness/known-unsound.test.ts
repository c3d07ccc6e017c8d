import { expect, it } from 'vitest';
import { verify } from '../../../src/verifier/verify.ts';
import { run } from './interpret.ts';
import { KERNELS } from './kernels.ts';
import { createMachine } from './machine.ts';
import { programOfText, VALUE_TYPES } from './random-program.ts';
import { Unsound } from './unsound.ts';

interface Known {
  readonly what: string;
  /** Kernels that accept it, as real ones do. */
  readonly accepted: readonly string[];
  readonly functions: readonly string[];
  readonly text: string;
}

/** What real kernels accept although it does harm: the engine has to agree with them, and the interpreter to see it. */
const KNOWN: readonly Known[] = [
  {
    what: 'a callback releases what its caller holds, and is called any number of times',
    accepted: ['v5.19'],
    functions: ['main_prog', 'sub_a'],
    text: `
      main_prog:
      *(u64 *)(r10 - 8) = 0; r1 = r10; r1 += -8; call kfunc bpf_kfunc_call_test_acquire
      if r0 == 0 goto end
      *(u64 *)(r10 - 16) = r0
      call 7
      r1 = r0; r1 &= 3; r2 = func sub_a ll; r3 = r10; r3 += -16; r4 = 0; call 181
      end: r0 = 0; exit
      sub_a:
      r1 = *(u64 *)(r2 + 0); call kfunc bpf_kfunc_call_test_release
      r0 = 0; exit`,
  },
  {
    what: 'a callback writes to the stack of its caller, and may never be called',
    accepted: ['v5.19', 'v6.1'],
    functions: ['main_prog', 'sub_a'],
    text: `
      main_prog:
      *(u64 *)(r10 - 8) = 64; *(u64 *)(r10 - 16) = 0
      call 7
      r1 = r0; r1 &= 3; r2 = func sub_a ll; r3 = r10; r3 += -8; r4 = 0; call 181
      r1 = *(u64 *)(r10 - 8); r2 = r10; r2 += -16; r2 += r1; *(u8 *)(r2 + 0) = 1
      r0 = 0; exit
      sub_a:
      r1 = 0; *(u64 *)(r2 + 0) = r1
      r0 = 0; exit`,
  },
];

const cases = KNOWN.flatMap((known) => KERNELS.map(([label, kernel]) => ({ ...known, label, kernel })));

it.each(cases)('$label: $what', ({ label, kernel, accepted, functions, text }) => {
  const { program } = programOfText(text, functions);
  expect(verify(program, kernel).verdict).toBe(accepted.includes(label) ? 'accept' : 'reject');
  const environments = Array.from({ length: 16 }, (_, seed) => createMachine(program, VALUE_TYPES, seed + 1, false));
  expect(() => {
    for (const machine of environments) run(machine);
  }).toThrow(Unsound);
});
