import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kernel } from '../../../src/verifier/kernel/kernel.ts';
import { verify } from '../../../src/verifier/verify.ts';
import { recipe } from './arbitrary.ts';
import { run } from './interpret.ts';
import { FAULTY, KERNELS } from './kernels.ts';
import { createMachine } from './machine.ts';
import { programOf, VALUE_TYPES, type RandomProgram, type Recipe } from './random-program.ts';
import { Unsound } from './unsound.ts';

/** Programs a kernel; a longer run takes the number, and where to begin, from the environment. */
const PROGRAMS = Number(process.env['KFUNCS_SOUNDNESS_RUNS'] ?? 200);
const SEED = Number(process.env['KFUNCS_SOUNDNESS_SEED'] ?? 0x5eed);
const ENVIRONMENTS = 8;
/** Of a hundred programs so many have to be accepted, or there would be little to run. */
const ACCEPTED = 30;
/** A faulty verifier is found out within so many. */
const PROGRAMS_UNTIL_FOUND = 1500;

/** What an accepted program does wrong in some environment; undefined: nothing. */
function harm({ program }: RandomProgram, uninitReadable: boolean): string | undefined {
  for (let seed = 1; seed <= ENVIRONMENTS; seed++) {
    try {
      run(createMachine(program, VALUE_TYPES, seed * 0x9e3779b1, uninitReadable));
    } catch (error) {
      if (error instanceof Unsound) return `${error.message} (environment ${String(seed)})`;
      if (!(error instanceof RangeError && error.message.includes('too long'))) throw error;
    }
  }
  return undefined;
}

/** Whether a program is accepted. @throws if it is, and does harm */
function check(kernel: Kernel, uninitReadable: boolean, each: Recipe): boolean {
  const made = programOf(each);
  if (verify(made.program, kernel).verdict !== 'accept') return false;
  const found = harm(made, uninitReadable);
  if (found !== undefined) throw new Unsound(`accepted:\n${made.text}\n${found}\n${JSON.stringify(made.json)}`);
  return true;
}

describe(`of ${String(PROGRAMS)} random programs those that are accepted do no harm`, { timeout: 0 }, () => {
  it.each(KERNELS)('%s', (_label, kernel) => {
    let accepted = 0;
    const property = fc.property(recipe, (each) => {
      if (check(kernel, kernel.behaviours.uninitStackReadable, each)) accepted += 1;
    });
    fc.assert(property, { numRuns: PROGRAMS, seed: SEED });
    expect((accepted / PROGRAMS) * 100).toBeGreaterThan(ACCEPTED);
  });
});

describe('programs that do harm are found where the verifier', { timeout: 0 }, () => {
  it.each(FAULTY)('%s', (_what, kernel) => {
    const property = fc.property(recipe, (each) => void check(kernel, false, each));
    const { failed, errorInstance } = fc.check(property, {
      numRuns: PROGRAMS_UNTIL_FOUND,
      seed: SEED,
      endOnFailure: true,
    });
    expect(failed).toBe(true);
    expect(errorInstance).toBeInstanceOf(Unsound);
  });
});
