import { describe, expect, it } from 'vitest';
import { diffKernels, diffModels } from '../../../generator/diff/compare-models.ts';
import { formatMarkdownDiff } from '../../../generator/diff/format-markdown.ts';
import { validate as isDiff } from '../../../generated/types/diff.validate.js';
import type { Change } from '../../../generated/types/diff.ts';
import type { KernelModel, Model } from '../../../generator/declarations/model.ts';
import { load } from '../temporary-registry.ts';

function modelOf(kfunc: string, more = ''): Model {
  const text = `source: a.c
owner: vmlinux
since: v6.0
sets:
  - name: s
    hooks: [xdp]
    kfuncs: [${kfunc}]
${more}`;
  return load({ 'kfuncs/a.yaml': text }).registry.model;
}

const prototype = (text: string): string => `prototypes: ['${text}']\n`;

describe('what differs between two registries', () => {
  it.each([
    ['a kfunc that goes', ['f, g', 'f'], true, 'kfunc-removed'],
    ['a kfunc that comes', ['f', 'f, g'], false, 'kfunc-added'],
    ['acquire that comes', ['f', '{ name: f, flags: [acquire] }'], true, 'flag-added'],
    ['ret_null that comes', ['f', '{ name: f, flags: [ret_null] }'], true, 'flag-added'],
    ['sleepable that comes', ['f', '{ name: f, flags: [{ flag: sleepable, since: v6.1 }] }'], true, 'flag-added'],
    ['ret_null that goes', ['{ name: f, flags: [ret_null] }', 'f'], false, 'flag-removed'],
    ['acquire that goes', ['{ name: f, flags: [acquire] }', 'f'], true, 'flag-removed'],
    ['a condition that comes', ['f', '{ name: f, config: CONFIG_X86 }'], false, 'config'],
  ] as const)('%s', (_, [old, now], breaking, kind) => {
    expect(diffModels(modelOf(old), modelOf(now))).toEqual([expect.objectContaining({ breaking, kind })]);
  });

  it.each([
    ['a type of an argument', 'int f(u32 a)', 'int f(u64 a)', true, 'prototype'],
    ['an argument more', 'int f(u32 a)', 'int f(u32 a, u32 b)', true, 'prototype'],
    ['the return type', 'int f(u32 a)', 'void f(u32 a)', true, 'prototype'],
    ['a name that the verifier reads', 'int f(void *a, u32 n)', 'int f(void *a, u32 n__sz)', true, 'prototype'],
    [
      'a buffer that may be NULL in either spelling',
      'int f(void *a__opt)',
      'int f(void *a__nullable)',
      false,
      'parameter-name',
    ],
    ['a name that it does not read', 'int f(u32 a)', 'int f(u32 b)', false, 'parameter-name'],
  ] as const)('%s', (_, old, now, breaking, kind) => {
    const changes = diffModels(modelOf('f', prototype(old)), modelOf('f', prototype(now)));
    expect(changes).toEqual([expect.objectContaining({ breaking, kind })]);
  });

  it('says of a function that programs are attached to, and do not call, that it is one', () => {
    const model = (kfuncs: string): Model =>
      load({
        'kfuncs/a.yaml': `source: a.c\nowner: vmlinux\nsince: v6.2\nsets:\n  - { name: s, hooks: [fmodret], kfuncs: [${kfuncs}] }\n`,
      }).registry.model;
    expect(diffModels(model('f'), model('f, g'))).toMatchObject([
      { name: 'g', message: 'it is new, for fmod_ret programs to be attached to' },
    ]);
  });

  it('says of a flag that the newer kernel does not have what became of it', () => {
    const entry = '{ name: f, flags: [{ flag: trusted_args, until: v7.0 }, { flag: kptr_get, until: v6.4 }] }';
    const { kernels } = modelOf(entry);
    const between = (old: string, now: string): readonly Change[] => {
      const [before, after] = [old, now].map((version) => kernels.find(({ kernel }) => kernel.version === version));
      if (before === undefined || after === undefined) throw new Error(`no kernels ${old} and ${now}`);
      return diffKernels(before, after);
    };
    expect(between('v6.19', 'v7.0')).toMatchObject([
      {
        breaking: false,
        message: expect.stringMatching(/^`trusted_args` went, .*: this kernel asks of every kfunc /) as string,
      },
    ]);
    expect(between('v6.3', 'v6.4')).toMatchObject([
      {
        breaking: true,
        message: expect.stringMatching(/^`kptr_get` went, .*: this kernel has no such flag$/) as string,
      },
    ]);
  });

  it('says for which kernels it holds', () => {
    const changes = diffModels(modelOf('f'), modelOf('f, { name: g, since: v6.1, until: v6.3 }'));
    expect(changes.map(({ name, kernels }) => [name, kernels])).toEqual([['g', ['v6.1', 'v6.2']]]);
  });

  it('knows destructor pairs', () => {
    const pair = 'dtors: [{ type: acme, kfunc: f }]\n';
    expect(diffModels(modelOf('f', pair), modelOf('f'))).toMatchObject([
      { kind: 'dtor-removed', breaking: true, name: 'acme' },
    ]);
    expect(diffModels(modelOf('f'), modelOf('f', pair))).toMatchObject([{ kind: 'dtor-added', breaking: false }]);
    expect(diffModels(modelOf('f, g', pair), modelOf('f, g', pair.replace('kfunc: f', 'kfunc: g')))).toMatchObject([
      { kind: 'dtor-changed', breaking: false },
    ]);
  });

  it('is nothing for a registry and itself', () => {
    expect(diffModels(modelOf('f'), modelOf('f'))).toEqual([]);
  });

  it('does not see which set, or which of two equal declarations, a kfunc stands in', () => {
    const two = load({
      'kfuncs/a.yaml':
        'source: a.c\nowner: vmlinux\nsince: v6.0\nsets:\n  - { name: one, hooks: [xdp], kfuncs: [f] }\n  - { name: two, hooks: [xdp], kfuncs: [f] }\n',
    }).registry.model;
    expect(diffModels(modelOf('f'), two)).toEqual([]);
  });
});

describe('what differs between two kernels', () => {
  const text = `source: a.c
owner: vmlinux
sets:
  - { name: s, hooks: [xdp, { hook: tracing, since: v6.0 }], kfuncs: [f, { name: g, until: v6.0 }] }
`;
  const kernel = (version: string): KernelModel => {
    const found = load({ 'kfuncs/a.yaml': text }).registry.model.kernels.find(
      (each) => each.kernel.version === version,
    );
    if (found === undefined) {
      throw new Error(`no ${version}`);
    }
    return found;
  };

  it('names program types, also those that a hook got', () => {
    expect(diffKernels(kernel('v6.0'), kernel('v6.1'))).toMatchObject([
      { kind: 'prog-type-added', name: 'f', message: 'lsm programs can call it now', kernels: [] },
    ]);
  });

  it('puts what breaks first', () => {
    expect(diffKernels(kernel('v5.19'), kernel('v6.0')).map(({ kind }) => kind)).toEqual([
      'kfunc-removed',
      'prog-type-added',
    ]);
  });
});

describe('formatMarkdownDiff', () => {
  const changes = diffModels(modelOf('f, g', prototype('int f(u32 a)')), modelOf('f', prototype('int f(u64 a__sz)')));

  it('prints what breaks first, and keeps bars and underscores from meaning anything', () => {
    const text = formatMarkdownDiff({ old: 'a|b', new: 'c', changes: [...changes] });
    expect(text).toContain('### kfuncs: a\\|b → c');
    expect(text).toContain('**2 breaking**, 0 other changes.');
    expect(text).toContain('| `f` | `int f(u32 a)` became `int f(u64 a__sz)` | 20 kernels from v6.0 to v7.1 |');
  });

  const many = (count: number, breaking: boolean): Change[] =>
    Array.from({ length: count }, (_, at) => ({
      kind: 'kfunc-removed',
      breaking,
      name: `acme_${String(at)}`,
      owner: 'acme',
      message: 'it is gone, for xdp programs',
      kernels: ['v6.1'],
    }));

  it('folds what is not breaking, and breaking changes beyond the first thirty', () => {
    const text = formatMarkdownDiff({ old: 'a', new: 'b', changes: [...many(32, true), ...many(2, false)] });
    const open = text.replace(/<details>[\s\S]*?<\/details>/g, '');
    expect(open.match(/^\| `acme_/gm)).toHaveLength(30);
    expect([...text.matchAll(/<summary>(.*)<\/summary>/g)].map(([, summary]) => summary)).toEqual([
      '2 more breaking changes',
      '2 other changes',
    ]);
    expect(text.match(/^\| `acme_/gm)).toHaveLength(34);
  });

  it.each([
    [5000, 10],
    [10, 5000],
    [5000, 5000],
  ])(
    'is never longer than a comment may be, and says what it leaves out: %i breaking, %i others',
    (breaking, others) => {
      const all = [...many(breaking, true), ...many(others, false)];
      const text = formatMarkdownDiff({ old: 'a', new: 'b', changes: all });
      expect(text.length).toBeLessThan(60_000);
      const shown = text.match(/^\| `acme_/gm)?.length ?? 0;
      expect(shown).toBeGreaterThan(500);
      expect(text).toContain(`\n${String(all.length - shown)} changes are left out here`);
      expect(text).toContain(`**${String(breaking)} breaking**, ${String(others)} other changes.`);
      expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    },
  );

  it('keeps names that are none in their cells', () => {
    const [change] = many(1, true);
    const odd = change === undefined ? [] : [{ ...change, name: 'a`|b\n\n# c', message: 'an <img>\nof `x|y`' }];
    expect(formatMarkdownDiff({ old: 'a', new: 'b', changes: odd })).toContain(
      "| `a'\\|b # c` | an \\<img\\> of `x\\|y` | v6.1 |\n",
    );
  });

  it('has JSON that fits the schema', () => {
    expect(isDiff({ old: 'a', new: 'b', changes })).toBe(true);
  });
});
