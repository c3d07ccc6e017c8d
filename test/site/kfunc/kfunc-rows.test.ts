import { describe, expect, it } from 'vitest';
import { makeCatalog } from '../../../site/data/catalog.ts';
import type { EntryData, KfuncData } from '../../../site/data/explorer-data.ts';
import { groupRegistrations } from '../../../site/kfunc/group-registrations.ts';
import { hookRows } from '../../../site/kfunc/hook-runs.ts';

const hooks = { xdp: ['xdp'], tc: ['sched_cls'] };
const kernel = (version: string) => ({
  version,
  release: `${version.slice(1)}.0`,
  flags: [],
  hooks,
  registrations: 0,
  callable: 0,
});
const catalog = makeCatalog({ kernels: ['v6.0', 'v6.1', 'v6.3'].map(kernel), kfuncs: [] });

const entry = (hook: string, kernels: readonly number[], more: Partial<EntryData> = {}): EntryData => ({
  kernels,
  source: 'net/a.c',
  hook,
  progTypes: [],
  flags: [],
  set: 'a_set',
  owner: 'vmlinux',
  ...more,
});

const kfunc = (...entries: EntryData[]): KfuncData => ({ name: 'a', entries, prototypes: [] });

describe('the strip of a kfunc', () => {
  const rowsOf = (...entries: EntryData[]) =>
    hookRows(kfunc(...entries), catalog).map(({ hook, runs }) => [
      hook,
      ...runs.map(({ kind, flags, slots }) => `${kind} ${flags.join()} ${slots.map(({ version }) => version).join()}`),
    ]);

  it('has a row a hook, in the order of the kernel, and a run as long as nothing changes', () => {
    expect(rowsOf(entry('tc', [0, 2]), entry('xdp', [1, 2], { flags: ['acquire'] }))).toEqual([
      ['xdp', 'absent  v6.0', 'callable acquire v6.1', 'unknown  v6.2', 'callable acquire v6.3'],
      ['tc', 'callable  v6.0,v6.1', 'unknown  v6.2', 'callable  v6.3'],
    ]);
  });

  it('begins a run where flags change, and joins sets', () => {
    expect(
      rowsOf(entry('xdp', [0, 1], { flags: ['rcu'] }), entry('xdp', [1, 2], { flags: ['acquire'], set: 'other' })),
    ).toEqual([['xdp', 'callable rcu v6.0', 'callable acquire,rcu v6.1', 'unknown  v6.2', 'callable acquire v6.3']]);
  });

  it('tells what has flags and is not callable from what is', () => {
    const hidden = entry('xdp', [0, 1], { flags: ['acquire'], isUncallable: true });
    expect(rowsOf(hidden, entry('xdp', [1, 1]))).toEqual([
      ['xdp', 'flags-only acquire v6.0', 'callable  v6.1', 'unknown  v6.2', 'absent  v6.3'],
    ]);
  });
});

describe('the registrations of a kfunc in a kernel', () => {
  it('that differ in the hook alone are one', () => {
    const groups = groupRegistrations(
      kfunc(
        entry('xdp', [0, 1], { flags: ['acquire'], lines: [7, 8] }),
        entry('tc', [0, 1], { flags: ['acquire'] }),
        entry('tc', [1, 2], { set: 'other' }),
      ),
      1,
    );
    expect(groups.map((group) => [group.entry.set, group.line, ...group.hooks])).toEqual([
      ['a_set', 8, 'xdp', 'tc'],
      ['other', undefined, 'tc'],
    ]);
  });
});
