import { describe, expect, it } from 'vitest';
import { holds, positionsOf } from '../../../site/data/ranges.ts';
import { parseQuery } from '../../../site/search/query.ts';
import { searchKfuncs, type SearchResult } from '../../../site/search/search-kfuncs.ts';
import { registryCatalog } from '../registry-catalog.ts';

const { catalog } = registryCatalog();

function search(text: string, version?: string): SearchResult {
  return searchKfuncs(catalog, parseQuery(text), version === undefined ? undefined : catalog.positionOf.get(version));
}

const names = ({ found }: SearchResult): readonly string[] => found.map(({ kfunc }) => kfunc.name);

function versions(text: string, name: string): readonly string[] {
  const found = search(text).found.find(({ kfunc }) => kfunc.name === name);
  return positionsOf(found?.kernels ?? []).map((position) => catalog.kernels[position]?.version ?? '');
}

describe('search', () => {
  it('without anything finds all kfuncs by name, those that are gone last', () => {
    const { found } = search('');
    const isThere = ({ kernels }: (typeof found)[number]): boolean => holds(kernels, catalog.newest);
    const there = found.filter(isThere).map(({ kfunc }) => kfunc.name);
    const gone = found.filter((each) => !isThere(each)).map(({ kfunc }) => kfunc.name);
    expect(found.map(({ kfunc }) => kfunc.name)).toEqual([...there.toSorted(), ...gone.toSorted()]);
    expect(found.length).toBe(catalog.kfuncs.length);
  });

  it('puts the name itself first, then what begins so', () => {
    expect(names(search('bpf_ct_release'))[0]).toBe('bpf_ct_release');
    expect(
      names(search('bpf_task'))
        .slice(0, 5)
        .every((name) => name.startsWith('bpf_task')),
    ).toBe(true);
  });

  it('wants all words, in any order, and marks them', () => {
    const [first] = search('lookup xdp').found;
    expect(first?.kfunc.name).toBe('bpf_xdp_ct_lookup');
    expect(first?.spans.map((span) => first.kfunc.name.slice(...span))).toEqual(['xdp', 'lookup']);
  });

  it('finds by source path, owner and type, and says so', () => {
    expect(search('tcp_bbr.c').found[0]?.fields).toEqual(['net/ipv4/tcp_bbr.c']);
    expect(search('nf_nat').found.map(({ fields }) => fields)).toContainEqual(['nf_nat']);
    expect(names(search('struct nf_conn'))).toContain('bpf_ct_release');
  });

  it('does not take the middle of a word in another field for a match', () => {
    // Every struct has it.
    expect(search('ct').found.length).toBeLessThan(60);
  });

  it('forgives slips where nothing is spelled so', () => {
    expect(search('bpf_tsk_aquire')).toMatchObject({ isNear: true });
    expect(names(search('bpf_tsk_aquire'))[0]).toBe('bpf_task_acquire');
    expect(search('bpf_task_acquire').isNear).toBe(false);
    expect(search('qqqqqqqqqq')).toEqual({ found: [], isNear: false });
  });
});

describe('filters', () => {
  it('hold for one registration together', () => {
    const found = search('flag:acquire hook:xdp').found;
    expect(found.length).toBeGreaterThan(5);
    for (const { entries } of found) {
      expect(entries.every(({ hook, flags }) => hook === 'xdp' && flags.includes('acquire'))).toBe(true);
    }
  });

  it('tell the kernels: which of them let an XDP program look a connection up', () => {
    const all = catalog.kernels.map(({ version }) => version);
    expect(versions('prog:xdp lookup', 'bpf_xdp_ct_lookup')).toEqual(all);
    // tc had its own set up to v5.19; one set is for both since.
    expect(versions('prog:xdp lookup', 'bpf_skb_ct_lookup')).toEqual(all.slice(2));
  });

  it('by program type have what is registered for all of them', () => {
    expect(names(search('prog:xdp', 'v7.1'))).toContain('bpf_rcu_read_lock');
    expect(names(search('hook:xdp', 'v7.1'))).not.toContain('bpf_rcu_read_lock');
  });

  it('by program type have only the kernels whose hook has that type', () => {
    const all = catalog.kernels.map(({ version }) => version);
    expect(versions('hook:tracing', 'bpf_task_acquire')).toEqual(all.slice(all.indexOf('v6.2')));
    expect(versions('prog:tracepoint', 'bpf_task_acquire')).toEqual(all.slice(all.indexOf('v6.12')));
  });

  it.each([
    ['flag:acq', 'bpf_task_acquire'],
    ['flag:none', 'bpf_ct_release', false],
    ['owner:nf_conntrack', 'bpf_ct_release'],
    ['source:fs/bpf_fs', 'bpf_get_task_exe_file'],
    ['set:generic', 'bpf_task_acquire'],
    ['type:task_struct', 'bpf_task_from_pid'],
    ['config:keys', 'bpf_lookup_user_key'],
    ['prog:BPF_PROG_TYPE_XDP', 'bpf_xdp_ct_lookup'],
  ])('%s: %s', (text, name, isFound = true) => {
    expect(names(search(text)).includes(name)).toBe(isFound);
  });

  it('of a kernel leave what it has', () => {
    expect(names(search('', 'v5.18'))).toContain('bpf_xdp_ct_lookup');
    expect(names(search('bpf_task_acquire', 'v6.1'))).not.toContain('bpf_task_acquire');
    expect(names(search('bpf_task_acquire', 'v6.2'))).toContain('bpf_task_acquire');
  });
});
