import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../src/tables/errno.ts';
import { btfOf, createKernelState } from '../../src/tables/kernel-state.ts';
import type { DtorIds, KernelConfig, KernelState } from '../../src/tables/kernel-state.ts';
import { findDtorKfunc } from '../../src/tables/lookup.ts';
import { moduleComing } from '../../src/tables/module-lifetime.ts';
import { hasDtors, registerBtfIdDtorKfuncs } from '../../src/tables/register-dtors.ts';
import { registerBtfKfuncIdSet } from '../../src/tables/register-kfuncs.ts';
import { COPIES_MODULE_SETS, REAL_KERNELS, kernel } from './profiles.ts';
import { callable, plain, range } from './sets.ts';

const { E2BIG, EINVAL, ENOENT } = ERRNO;

/** Pairs of types from `first` on; the destructor of a type has 1000 more. */
function pairs(first: number, count: number): DtorIds[] {
  return range(first, count).map((btfId) => ({ btfId, kfuncBtfId: btfId + 1000 }));
}

/** Those of types 1 to 9 that have a destructor, as [type, destructor]. */
function dtorsOf(state: KernelState, owner: string): number[][] {
  const btf = btfOf(state, owner);
  if (btf === undefined) throw new RangeError(`${owner} has no BTF`);
  return range(1, 9)
    .map((type) => [type, findDtorKfunc(btf, type)])
    .filter(([, dtor]) => dtor !== -ENOENT);
}

describe.each([...REAL_KERNELS.filter(hasDtors), COPIES_MODULE_SETS])(
  'registerBtfIdDtorKfuncs on $version',
  (profile) => {
    const limit = profile.limits.dtor_max_cnt ?? 0;
    const moduleErrno = profile.registration.missing_module_btf_dtors === 'enoent' ? -ENOENT : 0;

    const withoutBtf: { name: string; config: Partial<KernelConfig>; owner: string; errno: number }[] = [
      { name: 'vmlinux BTF missing', config: { vmlinuxBtf: 'missing' }, owner: 'vmlinux', errno: -ENOENT },
      { name: 'vmlinux BTF that cannot be read', config: { vmlinuxBtf: -EINVAL }, owner: 'vmlinux', errno: -EINVAL },
      { name: 'no DEBUG_INFO_BTF', config: { debugInfoBtf: false }, owner: 'vmlinux', errno: 0 },
      { name: 'no DEBUG_INFO_BTF_MODULES', config: { debugInfoBtfModules: false }, owner: 'acme', errno: 0 },
      { name: 'module BTF missing', config: {}, owner: 'acme', errno: moduleErrno },
    ];
    it.each(withoutBtf)('returns $errno: $name', ({ config, owner, errno }) => {
      const state = createKernelState(profile, config);
      moduleComing(state, 'acme', 'missing');
      expect(registerBtfIdDtorKfuncs(state, pairs(1, limit), owner)).toBe(errno);
    });

    it.each([
      { name: `${limit - 1} at once`, sizes: [limit - 1], errno: 0 },
      { name: `${limit} at once`, sizes: [limit], errno: -E2BIG },
      { name: `${limit - 1} in two calls`, sizes: [limit - 2, 1], errno: 0 },
      { name: `${limit} in two calls`, sizes: [limit - 1, 1], errno: -E2BIG },
    ])('$name: $errno', ({ sizes, errno }) => {
      const state = createKernelState(profile);
      const errnos = sizes.map((size, call) =>
        registerBtfIdDtorKfuncs(state, pairs(1 + call * limit, size), 'vmlinux'),
      );
      expect(errnos).toEqual([...sizes.slice(1).map(() => 0), errno]);
      expect(state.vmlinux?.dtorTable?.btfIds.length).toBe(errno === 0 ? limit - 1 : undefined);
    });

    it('joins the pairs of vmlinux and sorts them by type', () => {
      const state = createKernelState(profile);
      for (const first of [7, 1, 4]) expect(registerBtfIdDtorKfuncs(state, pairs(first, 2), 'vmlinux')).toBe(0);
      expect(dtorsOf(state, 'vmlinux')).toEqual([1, 2, 4, 5, 7, 8].map((type) => [type, type + 1000]));
    });

    it('counts before it checks prototypes, and frees the table for either', () => {
      for (const [added, errno] of [
        [pairs(1, limit), -E2BIG],
        [pairs(5, 3), -EINVAL],
      ] as const) {
        const state = createKernelState(profile);
        registerBtfIdDtorKfuncs(state, pairs(1, 2), 'vmlinux');
        expect(registerBtfIdDtorKfuncs(state, added, 'vmlinux', (id) => id !== 1006)).toBe(errno);
        expect(state.vmlinux?.dtorTable).toBeUndefined();
        expect(registerBtfIdDtorKfuncs(state, pairs(3, 1), 'vmlinux')).toBe(0);
        expect(dtorsOf(state, 'vmlinux')).toEqual([[3, 1003]]);
      }
    });

    it('asks about destructors in the BTF of their owner', () => {
      const state = createKernelState(profile, { builtIn: ['acme'] });
      const asked: [number, string][] = [];
      registerBtfIdDtorKfuncs(state, pairs(1, 1), 'acme', (...question) => asked.push(question) > 0);
      expect(asked).toEqual([[1001, 'vmlinux']]);
    });

    it('refuses a destructor without an id, which is void', () => {
      const state = createKernelState(profile);
      expect(registerBtfIdDtorKfuncs(state, [{ btfId: 1, kfuncBtfId: 0 }], 'vmlinux')).toBe(-EINVAL);
      expect(registerBtfIdDtorKfuncs(state, [{ btfId: 0, kfuncBtfId: 1 }], 'vmlinux')).toBe(0);
    });

    it.each([{ first: 2 }, { first: 0 }])('takes one call of a module, which had $first pairs', ({ first }) => {
      const state = createKernelState(profile);
      moduleComing(state, 'acme');
      const errnos = [first, 1, 1].map((count) => registerBtfIdDtorKfuncs(state, pairs(1, count), 'acme'));
      expect(errnos).toEqual([0, -EINVAL, 0]);
    });

    it('takes calls without pairs from vmlinux', () => {
      const state = createKernelState(profile);
      const errnos = [0, 2, 0].map((count) => registerBtfIdDtorKfuncs(state, pairs(1, count), 'vmlinux'));
      expect(errnos).toEqual([0, 0, 0]);
      expect(dtorsOf(state, 'vmlinux')).toHaveLength(2);
    });

    it('keeps duplicate types', () => {
      const state = createKernelState(profile);
      expect(registerBtfIdDtorKfuncs(state, [...pairs(1, 1), { btfId: 1, kfuncBtfId: 7 }], 'vmlinux')).toBe(0);
      expect(state.vmlinux?.dtorTable?.btfIds).toEqual(Int32Array.of(1, 1));
      expect([1001, 7]).toContain(state.vmlinux && findDtorKfunc(state.vmlinux, 1));
    });

    it('frees no kfuncs, and kfuncs free no destructors', () => {
      const state = createKernelState(profile);
      registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'vmlinux', [1]));
      expect(registerBtfIdDtorKfuncs(state, pairs(1, limit), 'vmlinux')).toBe(-E2BIG);
      expect(callable(state, 'xdp', [1])).toEqual([1]);
      registerBtfIdDtorKfuncs(state, pairs(1, 1), 'vmlinux');
      expect(registerBtfKfuncIdSet(state, 'sk_lookup', plain(profile, 'vmlinux', [1]))).toBe(-EINVAL);
      expect(dtorsOf(state, 'vmlinux')).toEqual([[1, 1001]]);
    });
  },
);

describe('a kernel without destructor pairs', () => {
  const state = createKernelState(kernel('v5.18'));

  it('has no function to register them', () => {
    expect(hasDtors(state.profile)).toBe(false);
    expect(() => registerBtfIdDtorKfuncs(state, [], 'vmlinux')).toThrow('v5.18 has no register_btf_id_dtor_kfuncs()');
  });

  it('has no destructor for any type', () => {
    expect(dtorsOf(state, 'vmlinux')).toEqual([]);
  });
});
