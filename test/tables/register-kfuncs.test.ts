import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../src/tables/errno.ts';
import { createKernelState } from '../../src/tables/kernel-state.ts';
import type { KernelConfig } from '../../src/tables/kernel-state.ts';
import { kfuncFlags } from '../../src/tables/lookup.ts';
import { moduleComing } from '../../src/tables/module-lifetime.ts';
import { growthErrno, registerBtfKfuncIdSet } from '../../src/tables/register-kfuncs.ts';
import { REAL_KERNELS, kernel } from './profiles.ts';
import { callable, flagged, plain, range, typed } from './sets.ts';

const { E2BIG, EINVAL, ENOENT, EOVERFLOW } = ERRNO;

describe.each(REAL_KERNELS)('registerBtfKfuncIdSet on $version', (profile) => {
  const moduleErrno = profile.registration.missing_module_btf === 'enoent' ? -ENOENT : 0;
  const limit = profile.limits.set_max_cnt;

  const withoutBtf: { name: string; config: Partial<KernelConfig>; owner: string; errno: number }[] = [
    { name: 'vmlinux BTF missing', config: { vmlinuxBtf: 'missing' }, owner: 'vmlinux', errno: -ENOENT },
    { name: 'vmlinux BTF that cannot be read', config: { vmlinuxBtf: -EINVAL }, owner: 'vmlinux', errno: -EINVAL },
    { name: 'no DEBUG_INFO_BTF', config: { debugInfoBtf: false }, owner: 'vmlinux', errno: 0 },
    { name: 'no DEBUG_INFO_BTF, module', config: { debugInfoBtf: false }, owner: 'acme', errno: 0 },
    { name: 'no DEBUG_INFO_BTF_MODULES', config: { debugInfoBtfModules: false }, owner: 'acme', errno: 0 },
    { name: 'module BTF missing', config: {}, owner: 'acme', errno: moduleErrno },
  ];
  it.each(withoutBtf)('returns $errno: $name', ({ config, owner, errno }) => {
    const state = createKernelState(profile, config);
    moduleComing(state, 'acme', 'missing');
    expect(registerBtfKfuncIdSet(state, 'xdp', plain(profile, owner, [1]))).toBe(errno);
  });

  it('finds no BTF of a module that is not loaded', () => {
    const state = createKernelState(profile);
    expect(registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'acme', [1]))).toBe(moduleErrno);
  });

  it('misses the BTF before it looks at the hook', () => {
    const state = createKernelState(profile, { vmlinuxBtf: 'missing' });
    expect(registerBtfKfuncIdSet(state, 'sk_lookup', plain(profile, 'vmlinux', [1]))).toBe(-ENOENT);
  });

  const unmapped = profile.prog_types.filter(
    (progType) => !Object.values(profile.hooks).some((hook) => hook.prog_types.includes(progType)),
  );
  it.each(unmapped)('refuses program type %s, which maps to no hook, and frees the table', (progType) => {
    const state = createKernelState(profile);
    expect(registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'vmlinux', [1]))).toBe(0);
    expect(registerBtfKfuncIdSet(state, progType, plain(profile, 'vmlinux', [2]))).toBe(-EINVAL);
    expect(state.vmlinux?.kfuncTable).toBeUndefined();
  });

  it('looks at the hook before it sees that a set is empty', () => {
    const state = createKernelState(profile);
    registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'vmlinux', [1]));
    expect(registerBtfKfuncIdSet(state, 'sk_lookup', plain(profile, 'vmlinux', []))).toBe(-EINVAL);
    expect(callable(state, 'xdp', [1])).toEqual([]);
  });

  it('takes an empty set without a change', () => {
    const state = createKernelState(profile);
    expect(registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'vmlinux', []))).toBe(0);
    expect(state.vmlinux?.kfuncTable).toBeUndefined();
  });

  it('joins the sets of vmlinux and sorts them', () => {
    const state = createKernelState(profile);
    for (const ids of [[7, 3], [9, 1], [5]]) registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'vmlinux', ids));
    expect(callable(state, 'xdp', range(0, 11))).toEqual([1, 3, 5, 7, 9]);
    expect(callable(state, 'sched_cls', range(0, 11))).toEqual([]);
  });

  it.each([
    { name: 'at once', sizes: [limit], errno: 0 },
    { name: 'in two sets', sizes: [limit - 1, 1], errno: 0 },
    { name: 'again and again', sizes: range(0, limit).map(() => 1), errno: 0 },
    { name: 'and one more at once', sizes: [limit + 1], errno: -E2BIG },
    { name: 'and one more in a second set', sizes: [limit, 1], errno: -E2BIG },
  ])(`takes ${limit} kfuncs of a hook, $name: $errno`, ({ sizes, errno }) => {
    const state = createKernelState(profile);
    const errnos = sizes.map((size, call) =>
      registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'vmlinux', range(1 + call * limit, size))),
    );
    expect(errnos).toEqual([...sizes.slice(1).map(() => 0), errno]);
    expect(callable(state, 'xdp', range(1, limit * limit))).toHaveLength(errno === 0 ? limit : 0);
  });

  it('counts duplicates against the limit', () => {
    const state = createKernelState(profile);
    const twice = plain(profile, 'vmlinux', [...range(1, limit / 2), ...range(1, limit / 2)]);
    expect(registerBtfKfuncIdSet(state, 'xdp', twice)).toBe(0);
    expect(registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'vmlinux', [1]))).toBe(-E2BIG);
  });

  it('counts each hook for itself', () => {
    const state = createKernelState(profile);
    for (const hook of Object.values(profile.hooks)) {
      for (const progType of hook.prog_types.slice(0, 1)) {
        expect(registerBtfKfuncIdSet(state, progType, plain(profile, 'vmlinux', range(1, limit)))).toBe(0);
      }
    }
    expect(callable(state, 'struct_ops', range(1, limit))).toHaveLength(limit);
  });

  it('frees the tables of all hooks on an error, and starts anew with the next set', () => {
    const state = createKernelState(profile);
    for (const progType of ['xdp', 'sched_cls']) {
      registerBtfKfuncIdSet(state, progType, plain(profile, 'vmlinux', [1, 2]));
    }
    expect(registerBtfKfuncIdSet(state, 'struct_ops', plain(profile, 'vmlinux', range(1, limit + 1)))).toBe(-E2BIG);
    expect(['xdp', 'sched_cls', 'struct_ops'].flatMap((type) => callable(state, type, [1, 2]))).toEqual([]);
    expect(registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'vmlinux', [3]))).toBe(0);
    expect(callable(state, 'xdp', [1, 2, 3])).toEqual([3]);
  });

  it('frees the table of the BTF it registers for, and no other', () => {
    const state = createKernelState(profile);
    moduleComing(state, 'acme');
    registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'vmlinux', [1]));
    registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'acme', [100]));
    expect(registerBtfKfuncIdSet(state, 'sk_lookup', plain(profile, 'acme', [101]))).toBe(-EINVAL);
    expect(callable(state, 'xdp', [1])).toEqual([1]);
    expect(callable(state, 'xdp', [100, 101], 'acme')).toEqual([]);
  });

  it('takes a set of a module once for a hook, an empty one any time', () => {
    const state = createKernelState(profile);
    moduleComing(state, 'acme');
    const errnos = [[100], [], [101]].map((ids) => registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'acme', ids)));
    expect(errnos).toEqual([0, 0, -EINVAL]);
    expect(callable(state, 'xdp', [100, 101], 'acme')).toEqual([]);
    expect(registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'acme', [102]))).toBe(0);
    expect(callable(state, 'xdp', [100, 101, 102], 'acme')).toEqual([102]);
  });

  if (profile.registration.module_sets === 'assigned') {
    it('keeps the arrays of a module as they are: no limit, no copy, no sorting', () => {
      const state = createKernelState(profile);
      moduleComing(state, 'acme');
      const set = plain(profile, 'acme', range(100, limit + 50).reverse());
      const ids = set.layout === 'id_set' ? set.sets[0] : set.ids;
      expect(registerBtfKfuncIdSet(state, 'xdp', set)).toBe(0);
      expect(callable(state, 'xdp', [100], 'acme')).toEqual([]);
      ids?.sort();
      expect(callable(state, 'xdp', range(100, limit + 50), 'acme')).toHaveLength(limit + 50);
    });
  }

  it('registers for vmlinux what is built in', () => {
    const state = createKernelState(profile, { builtIn: ['nf_conntrack'] });
    for (const id of [1, 2]) {
      expect(registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'nf_conntrack', [id]))).toBe(0);
    }
    expect(callable(state, 'xdp', [1, 2])).toEqual([1, 2]);
  });

  it('throws at calls that C code could not make', () => {
    const state = createKernelState(profile);
    const other = profile.layout === 'id_set' ? flagged('vmlinux', [[1, 0]]) : typed('vmlinux', [1]);
    expect(() => registerBtfKfuncIdSet(state, 'xpd', plain(profile, 'vmlinux', [1]))).toThrow(RangeError);
    expect(() => registerBtfKfuncIdSet(state, 'xdp', other)).toThrow(RangeError);
  });
});

describe.each(REAL_KERNELS.filter(({ layout }) => layout === 'id_set'))('sets of set types on $version', (profile) => {
  const types = profile.set_types ?? [];

  it('returns 0 for NULL pointers only, also for a program type without a hook', () => {
    const state = createKernelState(profile);
    registerBtfKfuncIdSet(state, 'xdp', typed('vmlinux', [1]));
    expect(registerBtfKfuncIdSet(state, 'sk_lookup', typed('vmlinux', undefined, undefined))).toBe(0);
    expect(callable(state, 'xdp', [1])).toEqual([1]);
  });

  it('stops at the first set that fails, and loses those taken before it', () => {
    const state = createKernelState(profile);
    const tooMany = range(1, profile.limits.set_max_cnt + 1);
    expect(registerBtfKfuncIdSet(state, 'xdp', typed('vmlinux', [1], tooMany, [2]))).toBe(-E2BIG);
    expect(state.vmlinux?.kfuncTable).toBeUndefined();
  });

  it('refuses a set type that the kernel does not have', () => {
    const state = createKernelState(profile);
    const beyond = [...types.map(() => [1]), [1]];
    expect(registerBtfKfuncIdSet(state, 'xdp', typed('vmlinux', ...beyond))).toBe(-EINVAL);
    expect(state.vmlinux?.kfuncTable).toBeUndefined();
  });

  it('counts each set type for itself', () => {
    const state = createKernelState(profile);
    const full = types.map(() => range(1, profile.limits.set_max_cnt));
    expect(registerBtfKfuncIdSet(state, 'xdp', typed('vmlinux', ...full))).toBe(0);
    expect(state.vmlinux && kfuncFlags(state, state.vmlinux, 'xdp', 1)).toBe(2 ** types.length - 1);
  });

  it('lets a module fill another set type of the same hook', () => {
    const state = createKernelState(profile);
    moduleComing(state, 'acme');
    expect(registerBtfKfuncIdSet(state, 'xdp', typed('acme', [100]))).toBe(0);
    expect(registerBtfKfuncIdSet(state, 'xdp', typed('acme', undefined, [100]))).toBe(0);
    expect(registerBtfKfuncIdSet(state, 'xdp', typed('acme', undefined, undefined, [100], [100]))).toBe(0);
    expect(registerBtfKfuncIdSet(state, 'xdp', typed('acme', undefined, [101]))).toBe(-EINVAL);
  });
});

describe('sets with flags', () => {
  it('keep the flags with their ids when they are sorted', () => {
    const state = createKernelState(kernel('v6.0'));
    registerBtfKfuncIdSet(
      state,
      'xdp',
      flagged('vmlinux', [
        [9, 0x90],
        [2, 0x20],
      ]),
    );
    registerBtfKfuncIdSet(
      state,
      'xdp',
      flagged('vmlinux', [
        [5, 0x50],
        [1, 0x80000000],
      ]),
    );
    const words = [1, 2, 5, 9, 3].map((id) => state.vmlinux && kfuncFlags(state, state.vmlinux, 'xdp', id));
    expect(words).toEqual([0x80000000, 0x20, 0x50, 0x90, undefined]);
  });

  it('are no sets if ids and flags differ in number', () => {
    const state = createKernelState(kernel('v6.0'));
    const broken = { ...flagged('vmlinux', [[1, 0]]), flags: new Uint32Array(2) };
    expect(() => registerBtfKfuncIdSet(state, 'xdp', broken)).toThrow('1 ids but 2 flags words');
  });
});

describe('growthErrno', () => {
  it.each([
    { held: 0, added: 0, limit: 32, errno: 0 },
    { held: 31, added: 1, limit: 32, errno: 0 },
    { held: 32, added: 1, limit: 32, errno: E2BIG },
    { held: 0, added: 0xffffffff, limit: 32, errno: E2BIG },
    { held: 1, added: 0xffffffff, limit: 32, errno: EOVERFLOW },
    { held: 0xffffffff, added: 1, limit: 32, errno: EOVERFLOW },
  ])('$held and $added more with limit $limit: $errno', ({ held, added, limit, errno }) => {
    expect(growthErrno(held, added, limit)).toBe(errno);
  });
});
