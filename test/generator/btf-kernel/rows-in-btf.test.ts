import { describe, expect, it } from 'vitest';
import { nearestKernel } from '../../../generator/btf-kernel/nearest-kernel.ts';
import { rowsInBtf, type BtfRows } from '../../../generator/btf-kernel/rows-in-btf.ts';
import type { KernelModel } from '../../../generator/declarations/model.ts';
import type { KernelBtf } from '../../../src/btf/resolver.ts';
import { loadText } from '../btf-rules/btf-findings.ts';
import { openWritten, type WrittenOptions } from '../btf-rules/written-btf.ts';

const { kernels } = loadText(`source: kernel/acme.c
owner: vmlinux
sets:
  - name: acme_kfunc_set
    hooks: [xdp]
    kfuncs:
      - acme_read
      - { name: acme_old, until: v6.0 }
      - { name: acme_new, since: v6.1, flags: [sleepable] }
      - { name: acme_gated, since: v6.1, config: CONFIG_ACME }
`).registry.model;

function model(version: string): KernelModel {
  const found = kernels.find(({ kernel }) => kernel.version === version);
  if (found === undefined) throw new Error(version);
  return found;
}

function functions(names: readonly string[], options: WrittenOptions = {}): KernelBtf {
  const declarations = ['struct acme', ...names.map((name) => `int ${name}(u32 id)`)];
  return { vmlinux: openWritten(declarations, options), modules: new Map() };
}

function rows(btf: KernelBtf, version: string): BtfRows & { readonly kfuncs: readonly string[] } {
  const found = rowsInBtf(btf, kernels, model(version));
  return { ...found, kfuncs: found.rows.map(({ kfunc, kernel }) => `${kfunc} ${kernel}`) };
}

describe('the version that a kernel is nearest to', () => {
  const enums = (version: string, more: readonly string[] = []): WrittenOptions['enums'] => {
    const { hooks, prog_types: types } = model(version).kernel;
    return {
      btf_kfunc_hook: [
        ...Object.keys(hooks).map((hook) => `BTF_KFUNC_HOOK_${hook.toUpperCase()}`),
        'BTF_KFUNC_HOOK_MAX',
      ],
      bpf_prog_type: [...types, ...more].map((type) => `BPF_PROG_TYPE_${type.toUpperCase()}`),
    };
  };

  it.each([
    [['acme_read', 'acme_old'], 'v5.19'],
    // From v6.1 on nothing tells the versions apart; the newest is as near as any.
    [['acme_read', 'acme_new'], 'v7.1'],
    [['acme_read', 'acme_new', 'acme_gated'], 'v7.1'],
    [['acme_read'], 'v6.0'],
  ])('with the functions %j is %s', (names, version) => {
    expect(nearestKernel(functions(names).vmlinux, kernels)?.kernel.version).toBe(version);
  });

  it('goes by marked functions alone where there are marks', () => {
    const names = ['acme_read', 'acme_new', 'acme_old'];
    const { vmlinux } = functions(names, { tagged: ['acme_read', 'acme_old'] });
    expect(nearestKernel(vmlinux, kernels)?.kernel.version).toBe('v5.19');
  });

  it.each(kernels.map(({ kernel }) => kernel.version))(
    'goes by hooks and program types before kfuncs: %s',
    (version) => {
      const { vmlinux } = functions(['acme_read', 'acme_old'], { enums: enums(version, ['new_in_a_fork']) });
      const nearest = nearestKernel(vmlinux, kernels)?.kernel;
      expect(Object.keys(nearest?.hooks ?? {})).toEqual(Object.keys(model(version).kernel.hooks));
      expect(nearest?.prog_types).toEqual(model(version).kernel.prog_types);
    },
  );

  it('is the one that was asked for where only one is', () => {
    expect(nearestKernel(functions(['acme_old']).vmlinux, [model('v6.1')])).toBe(model('v6.1'));
    expect(nearestKernel(functions(['acme_old']).vmlinux, [])).toBeUndefined();
  });
});

describe('the kfuncs of a kernel as its BTF has it', () => {
  it('are those of the version that the BTF has', () => {
    const { kfuncs, absent } = rows(functions(['acme_read', 'acme_old']), 'v6.1');
    expect(kfuncs).toEqual(['acme_read v6.1']);
    expect(absent).toEqual(['acme_gated', 'acme_new']);
  });

  it('are none that the BTF does not mark, if it marks any', () => {
    const btf = functions(['acme_read', 'acme_new'], { tagged: ['acme_read'] });
    expect(rows(btf, 'v6.1').kfuncs).toEqual(['acme_read v6.1']);
  });

  it('come from another version where the BTF marks one that this version does not know', () => {
    const btf = functions(['acme_read', 'acme_new'], { tagged: ['acme_read', 'acme_new'] });
    expect(rows(btf, 'v5.18')).toMatchObject({
      kfuncs: ['acme_new v6.1', 'acme_read v5.18'],
      rows: [{ flags: ['sleepable'] }, { flags: [] }],
    });
  });

  it('are told apart from marked ones that no version knows', () => {
    const btf = functions(['acme_read', 'acme_own'], { tagged: ['acme_read', 'acme_own'] });
    expect(rows(btf, 'v6.1').unknown).toEqual(['acme_own']);
  });
});
