import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kernel } from '../../generated/types/kernel.ts';
import { createKernelState } from '../../src/tables/kernel-state.ts';
import { kfuncFlags } from '../../src/tables/lookup.ts';
import { registerBtfKfuncIdSet } from '../../src/tables/register-kfuncs.ts';
import type { KfuncIdSet } from '../../src/tables/register-kfuncs.ts';
import { kernel } from './profiles.ts';
import { flagged, typed } from './sets.ts';

const LIMIT = 9;
const KFUNCS = 7;
const HOOKED = ['xdp', 'sched_cls', 'struct_ops'];
const UNHOOKED = 'sk_lookup';

interface Kfunc {
  readonly name: string;
  readonly id: number;
  /**
   * The same wherever the kfunc is registered: which duplicate lookup finds is then all the same. Bit 0 is set, so with
   * set types no set is larger than the check set.
   */
  readonly word: number;
}

/** What the tables stand for: for each program type the words by name, and how many were registered in all. */
type Model = Map<string, { count: number; words: Map<string, number> }>;

/** @returns whether the kernel takes the set; otherwise all is lost */
function registerInModel(model: Model, progType: string, kfuncs: readonly Kfunc[]): boolean {
  const hook = model.get(progType) ?? { count: 0, words: new Map<string, number>() };
  hook.count += kfuncs.length;
  model.set(progType, hook);
  for (const { name, word } of kfuncs) hook.words.set(name, word);
  const fits = progType !== UNHOOKED && hook.count <= LIMIT;
  if (!fits) model.clear();
  return fits;
}

function setOf(profile: Kernel, kfuncs: readonly Kfunc[]): KfuncIdSet {
  const types = profile.set_types?.map((_, type) => kfuncs.filter((kfunc) => (kfunc.word & (1 << type)) !== 0));
  if (types !== undefined) return typed('vmlinux', ...types.map((members) => members.map(({ id }) => id)));
  return flagged(
    'vmlinux',
    kfuncs.map(({ id, word }) => [id, word]),
  );
}

function anyKfuncs(profile: Kernel): fc.Arbitrary<Kfunc[]> {
  const words = 2 ** (profile.set_types?.length ?? 32);
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 20 }), { minLength: KFUNCS, maxLength: KFUNCS });
  const word = fc.nat(words - 1).map((bits) => (bits | 1) >>> 0);
  return fc
    .tuple(ids, fc.array(word, { minLength: KFUNCS, maxLength: KFUNCS }))
    .map(([all, bits]) => all.map((id, at) => ({ name: `bpf_${at}`, id, word: bits[at] ?? 1 })));
}

describe('any sequence of registrations', () => {
  it.each(['v5.18', 'v5.19', 'v6.0', 'v6.1'].map(kernel))('ends as a map of names would, on $version', (real) => {
    const profile: Kernel = { ...real, limits: { ...real.limits, set_max_cnt: LIMIT } };
    const call = fc.record({
      progType: fc.constantFrom(...HOOKED, ...HOOKED, UNHOOKED),
      members: fc.array(fc.nat(KFUNCS - 1), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(anyKfuncs(profile), fc.array(call, { maxLength: 12 }), (kfuncs, calls) => {
        const state = createKernelState(profile);
        const model: Model = new Map();
        for (const { progType, members } of calls) {
          const set = members.flatMap((member) => kfuncs[member] ?? []);
          const errno = registerBtfKfuncIdSet(state, progType, setOf(profile, set));
          expect(errno === 0).toBe(registerInModel(model, progType, set));
          for (const hook of [...HOOKED, UNHOOKED]) {
            const found = kfuncs.map(({ id }) => state.vmlinux && kfuncFlags(state, state.vmlinux, hook, id));
            expect(found).toEqual(kfuncs.map(({ name }) => model.get(hook)?.words.get(name)));
          }
        }
      }),
    );
  });
});
