import { describe, expect, it } from 'vitest';
import type { Kernel, SetType } from '../../generated/types/kernel.ts';
import { createKernelState } from '../../src/tables/kernel-state.ts';
import type { BtfObject, KernelState } from '../../src/tables/kernel-state.ts';
import { kfuncFlags, kfuncSetContains, resolveSlot, slotContains } from '../../src/tables/lookup.ts';
import { registerBtfKfuncIdSet } from '../../src/tables/register-kfuncs.ts';
import { COMMON_HOOK, COPIES_MODULE_SETS, REAL_KERNELS, kernel } from './profiles.ts';
import { flagged, plain, typed } from './sets.ts';

const SET_TYPES: readonly SetType[] = ['check', 'acquire', 'release', 'ret_null', 'kptr_acquire'];

function vmlinuxOf(state: KernelState): BtfObject {
  if (state.vmlinux === undefined) throw new RangeError('no vmlinux BTF');
  return state.vmlinux;
}

function setTypesOf(state: KernelState, name: string, id: number): SetType[] {
  return SET_TYPES.filter((setType) => kfuncSetContains(state, vmlinuxOf(state), name, setType, id));
}

describe.each([...REAL_KERNELS, COMMON_HOOK, COPIES_MODULE_SETS])('lookup on $version', (profile) => {
  it('finds a kfunc by its hook and by every program type of the hook, and by no other name', () => {
    for (const [hook, { prog_types: progTypes }] of Object.entries(profile.hooks)) {
      if (progTypes[0] === undefined || hook === 'common') continue;
      const state = createKernelState(profile);
      registerBtfKfuncIdSet(state, progTypes[0], plain(profile, 'vmlinux', [1]));
      const names = [...Object.keys(profile.hooks), ...profile.prog_types];
      const found = names.filter((name) => kfuncSetContains(state, vmlinuxOf(state), name, 'check', 1));
      expect(new Set(found)).toEqual(new Set([hook, ...progTypes]));
    }
  });

  it.each(['xpd', 'XDP', '', '__proto__', 'constructor', 'net_filter'])('throws at the unknown name "%s"', (name) => {
    const state = createKernelState(profile);
    expect(() => kfuncSetContains(state, vmlinuxOf(state), name, 'check', 1)).toThrow(RangeError);
    expect(() => kfuncFlags(state, vmlinuxOf(state), name, 1)).toThrow(RangeError);
  });

  it('finds nothing before anything is registered', () => {
    const state = createKernelState(profile);
    expect(setTypesOf(state, 'xdp', 1)).toEqual([]);
    expect(kfuncFlags(state, vmlinuxOf(state), 'xdp', 1)).toBeUndefined();
  });

  it('keeps a resolved slot good while sets come and are freed', () => {
    const state = createKernelState(profile);
    const slot = resolveSlot(state, 'xdp');
    const seen = ['xdp', 'xdp', 'sk_lookup', 'xdp'].map((progType, id) => {
      registerBtfKfuncIdSet(state, progType, plain(profile, 'vmlinux', [id]));
      return [0, 1, 2, 3].filter((wanted) => slotContains(slot, vmlinuxOf(state), wanted));
    });
    expect(seen).toEqual([[0], [0, 1], [], [3]]);
  });
});

describe('set types', () => {
  it('are sets of their own with layout id_set: only check makes callable', () => {
    const state = createKernelState(kernel('v5.19'));
    registerBtfKfuncIdSet(state, 'xdp', typed('vmlinux', [1, 2, 3], [2, 4], undefined, [2, 4], [3]));
    expect([1, 2, 3, 4, 5].map((id) => setTypesOf(state, 'xdp', id))).toEqual([
      ['check'],
      ['check', 'acquire', 'ret_null'],
      ['check', 'kptr_acquire'],
      ['acquire', 'ret_null'],
      [],
    ]);
    const words = [1, 2, 3, 4, 5].map((id) => kfuncFlags(state, vmlinuxOf(state), 'xdp', id));
    expect(words).toEqual([0b1, 0b1011, 0b10001, 0b1010, undefined]);
  });

  it('are flags in the other layouts', () => {
    const state = createKernelState(kernel('v6.1'));
    registerBtfKfuncIdSet(
      state,
      'xdp',
      flagged('vmlinux', [
        [1, 0],
        [2, 0b101],
        [3, 0b1010],
      ]),
    );
    expect([1, 2, 3, 4].map((id) => setTypesOf(state, 'xdp', id))).toEqual([
      ['check'],
      ['check', 'acquire', 'ret_null'],
      ['check', 'release', 'kptr_acquire'],
      [],
    ]);
  });

  it('contain nothing where the kernel does not have them', () => {
    const without: Kernel = { ...kernel('v6.1'), flags: { acquire: 0 } };
    const flags = createKernelState(without);
    registerBtfKfuncIdSet(flags, 'xdp', flagged('vmlinux', [[1, 0xffffffff]]));
    expect(setTypesOf(flags, 'xdp', 1)).toEqual(['check', 'acquire']);
    const sets = createKernelState(kernel('v5.18'));
    registerBtfKfuncIdSet(sets, 'xdp', typed('vmlinux', [1], [1], [1], [1]));
    expect(setTypesOf(sets, 'xdp', 1)).toEqual(['check', 'acquire', 'release', 'ret_null']);
  });
});
