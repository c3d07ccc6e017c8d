import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../src/tables/errno.ts';
import { btfOf, createKernelState } from '../../src/tables/kernel-state.ts';
import type { BtfObject, BtfPresence, KernelConfig, KernelState } from '../../src/tables/kernel-state.ts';
import { findDtorKfunc } from '../../src/tables/lookup.ts';
import { moduleComing, moduleGoing, moduleLive, tryGetModule } from '../../src/tables/module-lifetime.ts';
import { registerBtfIdDtorKfuncs } from '../../src/tables/register-dtors.ts';
import { registerBtfKfuncIdSet } from '../../src/tables/register-kfuncs.ts';
import { REAL_KERNELS, kernel } from './profiles.ts';
import { callable, plain } from './sets.ts';

const { EEXIST, EINVAL, ENXIO } = ERRNO;

function moduleBtf(state: KernelState): BtfObject {
  const btf = btfOf(state, 'acme');
  if (btf === undefined) throw new RangeError('acme has no BTF');
  return btf;
}

describe.each(REAL_KERNELS)('a module on $version', (profile) => {
  it('cannot be held before it is live, nor after it has gone', () => {
    const state = createKernelState(profile);
    moduleComing(state, 'acme');
    const btf = moduleBtf(state);
    const held = [() => undefined, () => moduleLive(state, 'acme'), () => moduleGoing(state, 'acme')].map((event) => {
      event();
      return tryGetModule(state, btf);
    });
    expect(held).toEqual([-ENXIO, 0, -ENXIO]);
  });

  it('fills its table while it is coming', () => {
    const state = createKernelState(profile);
    moduleComing(state, 'acme');
    expect(registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'acme', [100]))).toBe(0);
    expect(tryGetModule(state, moduleBtf(state))).toBe(-ENXIO);
    expect(callable(state, 'xdp', [100], 'acme')).toEqual([100]);
  });

  it('can be loaded again after it has gone, with another BTF and empty tables', () => {
    const state = createKernelState(profile);
    moduleComing(state, 'acme');
    registerBtfKfuncIdSet(state, 'xdp', plain(profile, 'acme', [100]));
    moduleLive(state, 'acme');
    const before = moduleBtf(state);
    moduleGoing(state, 'acme');
    expect(btfOf(state, 'acme')).toBeUndefined();
    expect(moduleComing(state, 'acme')).toBe(0);
    moduleLive(state, 'acme');
    expect(callable(state, 'xdp', [100], 'acme')).toEqual([]);
    expect(before.kfuncTable).toBeDefined();
    expect([before, moduleBtf(state)].map((btf) => tryGetModule(state, btf))).toEqual([-ENXIO, 0]);
  });

  it('is loaded once at a time', () => {
    const state = createKernelState(profile);
    expect([moduleComing(state, 'acme'), moduleComing(state, 'acme')]).toEqual([0, -EEXIST]);
  });
});

describe('loading a module', () => {
  const cases: {
    name: string;
    config: Partial<KernelConfig>;
    presence: BtfPresence;
    errno: number;
    btf: boolean;
  }[] = [
    { name: 'with BTF', config: {}, presence: 'present', errno: 0, btf: true },
    { name: 'without BTF', config: {}, presence: 'missing', errno: 0, btf: false },
    { name: 'with BTF that cannot be read', config: {}, presence: -EINVAL, errno: -EINVAL, btf: false },
    {
      name: 'with BTF that cannot be read, where that is allowed',
      config: { moduleAllowBtfMismatch: true },
      presence: -EINVAL,
      errno: 0,
      btf: false,
    },
    {
      name: 'with BTF that cannot be read, where nobody reads it',
      config: { debugInfoBtfModules: false },
      presence: -EINVAL,
      errno: 0,
      btf: false,
    },
    {
      name: 'with BTF, where that of vmlinux is missing',
      config: { vmlinuxBtf: 'missing' },
      presence: 'present',
      errno: -EINVAL,
      btf: false,
    },
    {
      name: 'with BTF, where that of vmlinux cannot be read',
      config: { vmlinuxBtf: -ENXIO },
      presence: 'present',
      errno: -ENXIO,
      btf: false,
    },
    {
      name: 'without BTF, where that of vmlinux is missing',
      config: { vmlinuxBtf: 'missing' },
      presence: 'missing',
      errno: 0,
      btf: false,
    },
    {
      name: 'with BTF, where no BTF is built in at all',
      config: { debugInfoBtf: false, debugInfoBtfModules: true },
      presence: 'present',
      errno: 0,
      btf: false,
    },
  ];
  it.each(cases)('$name: $errno', ({ config, presence, errno, btf }) => {
    const state = createKernelState(kernel('v5.19'), config);
    expect(moduleComing(state, 'acme', presence)).toBe(errno);
    expect(state.modules.has('acme')).toBe(errno === 0);
    expect(btfOf(state, 'acme') !== undefined).toBe(btf);
  });
});

describe('tryGetModule', () => {
  it('gives nothing for the BTF of vmlinux', () => {
    const state = createKernelState(kernel('v5.19'));
    expect(state.vmlinux && tryGetModule(state, state.vmlinux)).toBe(-ENXIO);
  });
});

describe('moduleLive', () => {
  it('does nothing for a module that is not loaded', () => {
    const state = createKernelState(kernel('v5.19'));
    moduleLive(state, 'acme');
    expect(state.modules.size).toBe(0);
  });
});

describe('destructors of a module', () => {
  it('go with its BTF', () => {
    const state = createKernelState(kernel('v5.19'));
    moduleComing(state, 'acme');
    registerBtfIdDtorKfuncs(state, [{ btfId: 100, kfuncBtfId: 101 }], 'acme');
    const btf = moduleBtf(state);
    moduleGoing(state, 'acme');
    expect(findDtorKfunc(btf, 100)).toBe(101);
    moduleComing(state, 'acme');
    expect(moduleBtf(state).dtorTable).toBeUndefined();
  });
});
