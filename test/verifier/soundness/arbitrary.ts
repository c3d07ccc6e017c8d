import fc from 'fast-check';
import { GADGET_KINDS, type Gadget } from './gadgets.ts';
import type { Recipe } from './random-program.ts';

function gadget(depth: number): fc.Arbitrary<Gadget> {
  const inner = depth === 0 ? fc.constant([]) : fc.array(gadget(depth - 1), { maxLength: 3 });
  return fc.record({
    kind: fc.constantFrom(...GADGET_KINDS),
    a: fc.nat(255),
    b: fc.nat(255),
    mistake: fc.nat(99),
    inner,
    other: inner,
  });
}

/** Recipes of programs: some gadgets, each with others in it, and sometimes a change that nobody meant. */
export const recipe: fc.Arbitrary<Recipe> = fc.record({
  gadgets: fc.array(gadget(2), { minLength: 1, maxLength: 6 }),
  change: fc.option(
    fc.record({
      at: fc.nat(255),
      which: fc.nat(7),
      by: fc.nat(32),
    }),
    { nil: undefined, freq: 3 },
  ),
});
