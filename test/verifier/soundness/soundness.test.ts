import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { table as v519 } from '../../../generated/tables/v5.19.ts';
import { table as v61 } from '../../../generated/tables/v6.1.ts';
import { bootKernel, type Kernel } from '../../../src/verifier/kernel/kernel.ts';
import { verify } from '../../../src/verifier/verify.ts';
import { corpusBtf } from '../corpus.ts';
import { recipe } from './arbitrary.ts';
import { run } from './interpret.ts';
import { createMachine } from './machine.ts';
import { programOf, VALUE_TYPES, type RandomProgram } from './random-program.ts';
import { Unsound } from './unsound.ts';

/** Programs a kernel; a longer run takes the number from the environment. */
const PROGRAMS = Number(process.env['KFUNCS_SOUNDNESS_RUNS'] ?? 200);
const SEED = Number(process.env['KFUNCS_SOUNDNESS_SEED'] ?? 0x5eed);
const ENVIRONMENTS = 8;
/** Of a hundred programs so many have to be accepted, or there would be little to run. */
const ACCEPTED = 20;

const btf = corpusBtf('kernel-v5.19');
const KERNELS: readonly (readonly [label: string, kernel: Kernel])[] = [
  ['v5.19', bootKernel(v519, btf)],
  ['v6.1', bootKernel(v61, btf)],
];

/** What an accepted program does wrong in some environment; undefined: nothing. */
function harm({ program }: RandomProgram, { behaviours }: Kernel): string | undefined {
  for (let seed = 1; seed <= ENVIRONMENTS; seed++) {
    try {
      run(createMachine(program, VALUE_TYPES, seed * 0x9e3779b1, behaviours.uninitStackReadable));
    } catch (error) {
      if (error instanceof Unsound) return `${error.message} (environment ${String(seed)})`;
      if (!(error instanceof RangeError && error.message.includes('too long'))) throw error;
    }
  }
  return undefined;
}

describe(`an accepted program does no harm, of ${String(PROGRAMS)} random ones`, { timeout: 0 }, () => {
  it.each(KERNELS)('%s', (label, kernel) => {
    let accepted = 0;
    fc.assert(
      fc.property(recipe, (each) => {
        const made = programOf(each);
        const { verdict } = verify(made.program, kernel);
        if (verdict !== 'accept') return;
        accepted += 1;
        const found = harm(made, kernel);
        if (found !== undefined)
          throw new Error(`${label} accepts\n${made.text}\n${found}\n${JSON.stringify(made.json)}`);
      }),
      { numRuns: PROGRAMS, seed: SEED },
    );
    const share = (accepted / PROGRAMS) * 100;
    console.log(`${label}: ${share.toFixed(0)} % accepted`);
    expect(share).toBeGreaterThan(ACCEPTED);
  });
});
