import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../src/tables/errno.ts';
import { createKernelState } from '../../src/tables/kernel-state.ts';
import type { KernelState } from '../../src/tables/kernel-state.ts';
import { kfuncFlags, kfuncSetContains } from '../../src/tables/lookup.ts';
import { moduleComing } from '../../src/tables/module-lifetime.ts';
import { registerBtfFmodretIdSet, registerBtfKfuncIdSet } from '../../src/tables/register-kfuncs.ts';
import type { FlaggedIdSet } from '../../src/tables/register-kfuncs.ts';
import { COMMON_HOOK, COPIES_MODULE_SETS, kernel } from './profiles.ts';
import { callable, flagged, plain, range } from './sets.ts';

const { E2BIG, EINVAL, ENOENT } = ERRNO;

function wordOf(state: KernelState, name: string, id: number): number | undefined {
  return state.vmlinux && kfuncFlags(state, state.vmlinux, name, id);
}

describe('a kernel with a common hook', () => {
  it('lets programs of every type call what is registered for type unspec', () => {
    const state = createKernelState(COMMON_HOOK);
    expect(registerBtfKfuncIdSet(state, 'unspec', flagged('vmlinux', [[1, 0]]))).toBe(0);
    for (const progType of COMMON_HOOK.prog_types) expect(callable(state, progType, [1, 2])).toEqual([1]);
  });

  it('takes the flags of the common hook where both have the kfunc', () => {
    const state = createKernelState(COMMON_HOOK);
    registerBtfKfuncIdSet(
      state,
      'xdp',
      flagged('vmlinux', [
        [1, 1],
        [2, 2],
      ]),
    );
    registerBtfKfuncIdSet(state, 'unspec', flagged('vmlinux', [[1, 4]]));
    expect([1, 2].map((id) => wordOf(state, 'xdp', id))).toEqual([4, 2]);
    expect(state.vmlinux && kfuncSetContains(state, state.vmlinux, 'xdp', 'acquire', 1)).toBe(false);
  });

  it('takes the common hook itself for that alone', () => {
    const state = createKernelState(COMMON_HOOK);
    registerBtfKfuncIdSet(state, 'xdp', flagged('vmlinux', [[1, 0]]));
    expect(wordOf(state, 'common', 1)).toBeUndefined();
  });

  it('is not what kernels without it do', () => {
    const state = createKernelState(kernel('v6.1'));
    expect(registerBtfKfuncIdSet(state, 'unspec', flagged('vmlinux', [[1, 0]]))).toBe(-EINVAL);
  });
});

describe('registerBtfFmodretIdSet', () => {
  it('fills a hook of its own, which no program type and not the common hook stand for', () => {
    const state = createKernelState(COMMON_HOOK);
    registerBtfKfuncIdSet(state, 'unspec', flagged('vmlinux', [[1, 0]]));
    expect(registerBtfFmodretIdSet(state, flagged('vmlinux', [[2, 0x20]]))).toBe(0);
    expect([1, 2].map((id) => wordOf(state, 'fmodret', id))).toEqual([undefined, 0x20]);
    expect(COMMON_HOOK.prog_types.flatMap((progType) => callable(state, progType, [2]))).toEqual([]);
  });

  it('asks for no mark on the set', () => {
    const state = createKernelState(COPIES_MODULE_SETS);
    expect(registerBtfFmodretIdSet(state, flagged('vmlinux', [[2, 0]], 'id_set8'))).toBe(0);
  });

  it('does not exist on a kernel without the hook', () => {
    const state = createKernelState(kernel('v6.1'));
    expect(() => registerBtfFmodretIdSet(state, flagged('vmlinux', [[2, 0]]))).toThrow(
      'v6.1 has no register_btf_fmodret',
    );
  });
});

describe('a check of prototypes', () => {
  it('comes before the hook is looked at, and leaves the table alone', () => {
    const state = createKernelState(COMMON_HOOK);
    const protoOk = (id: number, flags: number): boolean => id !== 3 && flags < 8;
    registerBtfKfuncIdSet(state, 'xdp', flagged('vmlinux', [[1, 0]]), protoOk);
    for (const pairs of [
      [
        [2, 0],
        [3, 0],
      ],
      [[2, 8]],
    ] as const) {
      expect(registerBtfKfuncIdSet(state, 'sk_lookup', flagged('vmlinux', pairs), protoOk)).toBe(-EINVAL);
    }
    expect(callable(state, 'xdp', [1, 2, 3])).toEqual([1]);
  });
});

describe('filters', () => {
  const allow = (): number => 0;
  const filter = (hidden: number) => (_: unknown, id: number) => (id === hidden ? 1 : 0);
  const withFilter = (id: number, by: FlaggedIdSet['filter']): FlaggedIdSet => ({
    ...flagged('vmlinux', [[id, 0]]),
    ...(by && { filter: by }),
  });

  it('are asked about kfuncs of other sets of the hook too', () => {
    const state = createKernelState(COMMON_HOOK);
    registerBtfKfuncIdSet(state, 'xdp', withFilter(1, filter(2)));
    registerBtfKfuncIdSet(state, 'xdp', withFilter(2, undefined));
    registerBtfKfuncIdSet(state, 'sched_cls', withFilter(2, undefined));
    expect(callable(state, 'xdp', [1, 2])).toEqual([1]);
    expect(callable(state, 'sched_cls', [1, 2])).toEqual([2]);
  });

  it('of the common hook hide what is common, not what the own hook has', () => {
    const state = createKernelState(COMMON_HOOK);
    registerBtfKfuncIdSet(state, 'unspec', withFilter(1, filter(1)));
    registerBtfKfuncIdSet(state, 'xdp', withFilter(1, undefined));
    expect(callable(state, 'xdp', [1])).toEqual([1]);
    expect(callable(state, 'sched_cls', [1])).toEqual([]);
  });

  it('are given the program', () => {
    const state = createKernelState(COMMON_HOOK);
    registerBtfKfuncIdSet(
      state,
      'xdp',
      withFilter(1, (program) => (program === 'trusted' ? 0 : 1)),
    );
    const seen = ['trusted', 'other'].map(
      (program) => state.vmlinux && kfuncSetContains(state, state.vmlinux, 'xdp', 'check', 1, program),
    );
    expect(seen).toEqual([true, false]);
  });

  it('are limited in number, each counted once', () => {
    const state = createKernelState(COMMON_HOOK);
    const errnos = [allow, allow, filter(9)].map((by, id) => registerBtfKfuncIdSet(state, 'xdp', withFilter(id, by)));
    expect(errnos).toEqual([0, 0, 0]);
    const third = filter(8);
    expect(
      registerBtfKfuncIdSet(state, 'xdp', { ...withFilter(3, third), ids: new Int32Array(), flags: new Uint32Array() }),
    ).toBe(0);
    expect(registerBtfKfuncIdSet(state, 'xdp', withFilter(3, third))).toBe(-E2BIG);
    expect(state.vmlinux?.kfuncTable).toBeUndefined();
  });

  it('do not exist on a kernel without a limit for them', () => {
    const state = createKernelState(kernel('v6.1'));
    expect(() => registerBtfKfuncIdSet(state, 'xdp', withFilter(1, allow))).toThrow('v6.1 has no filters');
  });
});

describe('a kernel that asks for marked sets', () => {
  it('refuses an unmarked set before anything else, and leaves the table alone', () => {
    const state = createKernelState(COPIES_MODULE_SETS);
    registerBtfKfuncIdSet(state, 'xdp', flagged('vmlinux', [[1, 0]], 'kfuncs'));
    expect(registerBtfKfuncIdSet(state, 'xdp', flagged('vmlinux', [[2, 0]], 'id_set8'))).toBe(-EINVAL);
    expect(callable(state, 'xdp', [1, 2])).toEqual([1]);
    expect(registerBtfKfuncIdSet(state, 'xdp', flagged('no_btf', [[1, 0]], 'id_set8'))).toBe(-EINVAL);
    expect(registerBtfKfuncIdSet(state, 'xdp', flagged('no_btf', [[1, 0]], 'kfuncs'))).toBe(0);
  });

  it('still misses the BTF of vmlinux', () => {
    const state = createKernelState(COPIES_MODULE_SETS, { vmlinuxBtf: 'missing' });
    expect(registerBtfKfuncIdSet(state, 'xdp', flagged('vmlinux', [[1, 0]], 'kfuncs'))).toBe(-ENOENT);
  });
});

describe('a kernel that copies the sets of modules', () => {
  const limit = COPIES_MODULE_SETS.limits.set_max_cnt;

  it('sorts the copy and leaves the set of the module alone', () => {
    const state = createKernelState(COPIES_MODULE_SETS);
    moduleComing(state, 'acme');
    const set = flagged(
      'acme',
      [
        [103, 1],
        [101, 2],
        [102, 3],
      ],
      'kfuncs',
    );
    expect(registerBtfKfuncIdSet(state, 'xdp', set)).toBe(0);
    expect([...set.ids]).toEqual([103, 101, 102]);
    set.ids.fill(0);
    expect(callable(state, 'xdp', range(100, 5), 'acme')).toEqual([101, 102, 103]);
  });

  it.each([
    { count: limit, errno: 0 },
    { count: limit + 1, errno: -E2BIG },
  ])('holds modules to the limit: $count kfuncs, $errno', ({ count, errno }) => {
    const state = createKernelState(COPIES_MODULE_SETS);
    moduleComing(state, 'acme');
    const set = plain(COPIES_MODULE_SETS, 'acme', range(100, count));
    expect(registerBtfKfuncIdSet(state, 'xdp', set)).toBe(errno);
  });

  it('takes one set of a module for a hook all the same', () => {
    const state = createKernelState(COPIES_MODULE_SETS);
    moduleComing(state, 'acme');
    const errnos = [100, 101].map((id) => registerBtfKfuncIdSet(state, 'xdp', plain(COPIES_MODULE_SETS, 'acme', [id])));
    expect(errnos).toEqual([0, -EINVAL]);
  });
});
