import { describe, expect, it } from 'vitest';
import { loadProfiles, loadRegistry } from '../../../generator/declarations/load.ts';
import { listRows } from '../../../generator/declarations/rows.ts';
import { explorerData } from '../../../generator/explorer/explorer-data.ts';
import type { KfuncData } from '../../../site/data/explorer-data.ts';
import { holds, lineIn, positionsOf } from '../../../site/data/ranges.ts';
import { tableJson } from '../../../generator/targets/json.ts';
import { conntrackModel } from '../conntrack-model.ts';

const made = explorerData(conntrackModel);

function kfunc(name: string): KfuncData {
  const found = made.kfuncs.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} is not among ${made.kfuncs.map((each) => each.name).join(', ')}`);
  return found;
}

describe('the data of made-up kernels', () => {
  it('has the kernels, with the program types that can call what is registered for a hook', () => {
    expect(made.kernels).toEqual([
      {
        version: 'v5.19',
        release: '5.19.0',
        flags: ['acquire', 'release', 'ret_null', 'kptr_get'],
        hooks: { xdp: ['xdp'], tc: ['sched_cls'], tracing: ['tracing', 'lsm'] },
        registrations: 3,
        callable: 2,
      },
      expect.objectContaining({ version: 'v6.1', registrations: 8, callable: 3 }),
    ]);
  });

  it('writes once what two kernels have alike, with a line for each', () => {
    const [prototype] = kfunc('bpf_xdp_ct_lookup').prototypes;
    expect(prototype).toEqual({
      text: 'struct nf_conn *bpf_xdp_ct_lookup(struct xdp_md *xdp_ctx, struct bpf_sock_tuple *bpf_tuple, u32 tuple__sz)',
      returns: 'struct nf_conn *',
      params: [
        ['struct xdp_md *', 'xdp_ctx'],
        ['struct bpf_sock_tuple *', 'bpf_tuple'],
        ['u32', 'tuple__sz'],
      ],
      source: 'net/core/made.c',
      kernels: [0, 1],
      lines: [0, 7],
    });
  });

  it('has an entry a set and hook, with condition and line', () => {
    expect(kfunc('bpf_xdp_ct_lookup').entries).toEqual([
      expect.objectContaining({ hook: 'xdp', set: 'nf_ct_xdp', kernels: [0, 0], lines: [9] }),
      expect.objectContaining({
        hook: 'xdp',
        set: 'nf_ct_kfunc_set',
        kernels: [1, 1],
        lines: [12],
        config: 'CONFIG_BPF && CONFIG_NET && CONFIG_NF_CONNTRACK',
      }),
      expect.objectContaining({ hook: 'tc', set: 'nf_ct_kfunc_set', kernels: [1, 1] }),
    ]);
  });

  it('says of what is in no check set that it can’t be called', () => {
    expect(kfunc('bpf_ct_hidden').entries).toEqual([expect.objectContaining({ hook: 'tc', isUncallable: true })]);
  });

  it('knows who releases what', () => {
    const type = 'struct nf_conn';
    expect(kfunc('bpf_xdp_ct_lookup').partners).toEqual([{ type, releasedBy: ['bpf_ct_release'] }]);
    expect(kfunc('bpf_ct_release').partners).toEqual([{ type, acquiredBy: ['bpf_xdp_ct_lookup'] }]);
  });

  it('has destructor pairs, and what declarations say', () => {
    expect(kfunc('bpf_ct_release')).toMatchObject({
      dtors: [{ type: 'nf_conn', owner: 'nf_conntrack', config: 'CONFIG_BPF', kernels: [1, 1] }],
      about: ['Connections | and <entries>.'],
    });
  });
});

describe('the data of the registry', () => {
  const { model } = loadRegistry(['registry'], loadProfiles()).registry;
  const data = explorerData(model);

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });

  it.each(model.kernels.map((kernel, position) => ({ kernel, position, version: kernel.kernel.version })))(
    'has what the tables of $version have',
    ({ kernel, position }) => {
      const table = tableJson(kernel, '0.0.0');
      const expected = table.sets.flatMap((set) =>
        set.hooks.flatMap((hook) => set.kfuncs.map(({ name, line }) => `${name} ${hook} ${set.name} ${String(line)}`)),
      );
      const found = data.kfuncs.flatMap(({ name, entries }) =>
        entries
          .filter(({ kernels }) => holds(kernels, position))
          .map((entry) => `${name} ${entry.hook} ${entry.set} ${String(lineIn(entry, position))}`),
      );
      expect(found.sort()).toEqual([...new Set(expected)].sort());
      const named = listRows(kernel).flatMap((row) => row.prog_types);
      expect(data.kernels[position]?.registrations).toBe(named.length);
    },
  );

  it('counts kfuncs by the program types that registration calls name', () => {
    const counts = new Map(data.kernels.map(({ version, registrations }) => [version, registrations]));
    const versions = ['v5.18', 'v6.12', 'v6.18', 'v7.1'];
    expect(versions.map((version) => counts.get(version))).toEqual([44, 464, 620, 719]);
  });

  it('has a line or none for each kernel of a thing', () => {
    const located = data.kfuncs.flatMap(({ entries, prototypes, dtors = [] }) => [...entries, ...prototypes, ...dtors]);
    const bad = located.filter(
      ({ kernels, lines }) => lines !== undefined && lines.length !== positionsOf(kernels).length,
    );
    expect(bad).toEqual([]);
  });
});
