import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { validate } from '../../../../generated/types/declaration.validate.js';
import type { Declaration } from '../../../../generated/types/declaration.ts';
import type { Imported } from '../../../../generated/types/imported.ts';
import type { Kernel } from '../../../../generated/types/kernel.ts';
import { contentAt, contentOfTree, type Content } from '../../../../generator/importers/merge/content.ts';
import { mergeImport, type ExistingDeclaration } from '../../../../generator/importers/merge/merge-import.ts';
import type { TreeKfunc, TreeSet, TreeSource } from '../../../../generator/importers/tree/tree-model.ts';
import { laterKernel, profile } from '../kernels.ts';

const SOURCE = 'net/acme.c';

function existing(text: string, imported?: Imported): ExistingDeclaration {
  return { path: 'acme.yaml', text, declaration: parse(text) as Declaration, imported };
}

/** A source file with one set for XDP, of kfuncs written `name` or `name:flag,flag`. */
function source(
  kfuncs: readonly string[],
  more: Partial<TreeSource> & { readonly set?: Partial<TreeSet> } = {},
): TreeSource {
  const entries = kfuncs.map((text, at): TreeKfunc => {
    const [name = '', flags] = text.split(':');
    return { name, flags: flags?.split(',') ?? [], check: true, config: undefined, line: at + 1 };
  });
  const { set, ...rest } = more;
  return {
    source: SOURCE,
    owner: 'acme',
    config: undefined,
    sets: [
      {
        name: 'acme_set',
        line: 9,
        config: undefined,
        registrations: ['xdp'],
        filter: undefined,
        kfuncs: entries,
        ...set,
      },
    ],
    dtors: [],
    functions: new Map(),
    ...rest,
  };
}

/** Imports trees one after the other into what stands, and gives the files. */
function importAll(
  before: readonly ExistingDeclaration[],
  trees: readonly (readonly [string, readonly TreeSource[]])[],
  kernels: readonly Kernel[],
): readonly ExistingDeclaration[] {
  let files = before;
  for (const [version, sources] of trees) {
    const { files: merged } = mergeImport(files, { sources, problems: [] }, version, kernels);
    files = merged.flatMap(({ path, source: of, text, importedText }) => {
      const imported = importedText === undefined ? undefined : (JSON.parse(importedText) as Imported);
      return text === undefined ? [] : [{ ...existing(text, imported), path: path ?? of.replace(/\.c$/, '.yaml') }];
    });
  }
  return files;
}

const KERNELS = [profile('v5.18'), profile('v5.19'), profile('v6.0'), profile('v6.1')];

const HAND = `# A comment at the top.
source: net/acme.c
owner: acme   # the module
description: >
  What it is for.

sets:
  # About the set.
  - name: acme_set
    description: Goods.
    hooks: [ xdp ]
    kfuncs:
      # kfuncs-ignore registry/some-rule: because
      - { name: acme_get,   flags: [acquire, ret_null] }

      - name: acme_put      # odd, but the author's
        flags: [ release ]
      - acme_plain
`;

const READ = { source: SOURCE, functions: {}, sets: {}, dtors: {} };

describe('mergeImport', () => {
  const same = ['acme_get:acquire,ret_null', 'acme_put:release', 'acme_plain'];

  it('changes no byte where the tree says the same', () => {
    const { files } = mergeImport([existing(HAND, READ)], { sources: [source(same)], problems: [] }, 'v6.1', KERNELS);
    expect(files[0]?.text).toBe(HAND);
  });

  it.each([
    [
      'a new kfunc',
      [...same, 'acme_new:sleepable'],
      '      - acme_plain\n',
      '      - acme_plain\n      - { name: acme_new, flags: [sleepable], since: v6.1 }\n',
    ],
    [
      'one in between',
      [same[0] ?? '', 'acme_new', ...same.slice(1)],
      'ret_null] }\n',
      'ret_null] }\n      - { name: acme_new, since: v6.1 }\n',
    ],
    ['one that is gone', same.slice(0, 2), '      - acme_plain\n', '      - { name: acme_plain, until: v6.1 }\n'],
    [
      'a new flag',
      ['acme_get:acquire,ret_null,sleepable', ...same.slice(1)],
      '{ name: acme_get,   flags: [acquire, ret_null] }',
      '{ name: acme_get, flags: [acquire, ret_null, { flag: sleepable, since: v6.1 }] }',
    ],
    [
      'a flag that is gone',
      [same[0] ?? '', 'acme_put', 'acme_plain'],
      "name: acme_put      # odd, but the author's\n        flags: [ release ]",
      '{ name: acme_put, flags: [{ flag: release, until: v6.1 }] }',
    ],
  ])('writes %s, and leaves the rest as it is', (_, kfuncs, from, to) => {
    const { files } = mergeImport([existing(HAND, READ)], { sources: [source(kfuncs)], problems: [] }, 'v6.1', KERNELS);
    expect(files[0]?.text).toBe(HAND.replace(from, to));
  });

  it.each([
    [
      'a hook',
      { registrations: ['xdp', 'sched_cls'] },
      '    hooks: [ xdp ]\n',
      '    hooks: [xdp, { hook: tc, since: v6.1 }]\n',
    ],
    [
      "a program type that is not its hook's own",
      { registrations: ['xdp', 'lsm'] },
      '    hooks: [ xdp ]\n',
      '    hooks: [ xdp ]\n    prog_types: [{ prog_type: lsm, since: v6.1 }]\n',
    ],
    [
      'a filter',
      { filter: 'acme_filter' },
      '    hooks: [ xdp ]\n',
      '    hooks: [ xdp ]\n    filters: [{ filter: acme_filter, since: v6.1 }]\n',
    ],
  ])('writes %s of a set', (_, set, from, to) => {
    const { files } = mergeImport(
      [existing(HAND, READ)],
      { sources: [source(same, { set })], problems: [] },
      'v6.1',
      KERNELS,
    );
    expect(files[0]?.text).toBe(HAND.replace(from, to));
  });

  it('writes a set of its own where its condition is another', () => {
    const changed = source(same, { set: { config: 'CONFIG_ACME' } });
    const { files } = mergeImport([existing(HAND, READ)], { sources: [changed], problems: [] }, 'v6.1', KERNELS);
    expect(files[0]?.text).toBe(
      `${HAND.replace('hooks: [ xdp ]\n', 'hooks: [ xdp ]\n    until: v6.1\n')}  - name: acme_set
    hooks: [xdp]
    since: v6.1
    config: CONFIG_ACME
    kfuncs:
      - { name: acme_get, flags: [acquire, ret_null] }
      - { name: acme_put, flags: [release] }
      - acme_plain
`,
    );
  });

  it('writes destructor pairs where the file has none', () => {
    const dtors = [{ type: 'anvil', kfunc: 'acme_put', config: undefined, line: 3 }];
    const { files } = mergeImport(
      [existing(HAND, READ)],
      { sources: [source(same, { dtors })], problems: [] },
      'v6.1',
      KERNELS,
    );
    expect(files[0]?.text).toBe(`${HAND}dtors:\n  - { type: anvil, kfunc: acme_put, since: v6.1 }\n`);
  });

  it('ends a file that the tree no longer has', () => {
    const { files } = mergeImport([existing(HAND, READ)], { sources: [], problems: [] }, 'v6.1', KERNELS);
    expect(files[0]?.text).toBe(HAND.replace('\nsets:', 'until: v6.1\n\nsets:'));
  });

  it('leaves a file alone that no tree was read for, where this one has it not', () => {
    const { files } = mergeImport([existing(HAND)], { sources: [], problems: [] }, 'v6.1', KERNELS);
    expect(files).toEqual([{ path: 'acme.yaml', source: SOURCE, text: HAND, importedText: undefined }]);
  });

  it('has nothing left of a file that no kernel has', () => {
    const text =
      'source: net/acme.c\nowner: acme\nsince: v6.1\nsets:\n  - { name: acme_set, hooks: [xdp], kfuncs: [acme_get] }\n';
    const { files } = mergeImport([existing(text, READ)], { sources: [], problems: [] }, 'v6.1', KERNELS);
    expect(files[0]?.text).toBeUndefined();
  });

  it("rewrites lists that can't be edited in place, and keeps the comments around them", () => {
    const text =
      '# Mine.\nsource: net/acme.c\nowner: acme\nsets: [{ name: acme_set, hooks: [xdp], kfuncs: [acme_get] }]\n';
    const { files } = mergeImport(
      [existing(text, READ)],
      { sources: [source(['acme_get', 'acme_put'])], problems: [] },
      'v6.1',
      KERNELS,
    );
    expect(files[0]?.text?.startsWith('# Mine.\nsource: net/acme.c\nowner: acme\n')).toBe(true);
    expect((parse(files[0]?.text ?? '') as Declaration).sets?.[0]?.kfuncs).toEqual([
      'acme_get',
      { name: 'acme_put', since: 'v6.1' },
    ]);
  });

  it('edits a declaration in JSON', () => {
    const text = JSON.stringify({
      source: SOURCE,
      owner: 'acme',
      sets: [{ name: 'acme_set', hooks: ['xdp'], kfuncs: ['acme_get'] }],
    });
    const { files } = mergeImport([existing(text, READ)], { sources: [source([])], problems: [] }, 'v6.1', KERNELS);
    expect((JSON.parse(files[0]?.text ?? '') as Declaration).sets?.[0]?.kfuncs).toEqual([
      { name: 'acme_get', until: 'v6.1' },
    ]);
  });

  it('moves the condition of a file to its entries where kernels differ in it', () => {
    const [file] = importAll(
      [],
      [
        ['v6.0', [source(['acme_get'])]],
        ['v6.1', [source(['acme_get'], { config: 'CONFIG_A', set: { config: 'CONFIG_B' } })]],
      ],
      KERNELS,
    );
    const declaration = file?.declaration;
    expect(declaration?.config).toBeUndefined();
    expect(declaration?.sets?.map(({ config, since, until }) => [config, since, until])).toEqual([
      [undefined, undefined, 'v6.1'],
      ['CONFIG_A && CONFIG_B', 'v6.1', undefined],
    ]);
  });

  it('says where kernels differ in the owner of a file', () => {
    const [file] = importAll([], [['v6.0', [source(['acme_get'])]]], KERNELS);
    const moved = source(['acme_get'], { owner: 'vmlinux' });
    const { problems } = mergeImport(
      file === undefined ? [] : [file],
      { sources: [moved], problems: [] },
      'v6.1',
      KERNELS,
    );
    expect(problems).toEqual([{ file: SOURCE, line: 1, reason: 'kernels differ in who owns it: acme, vmlinux' }]);
  });

  it('throws for a kernel without a profile', () => {
    expect(() => mergeImport([], { sources: [], problems: [] }, 'v9.9', KERNELS)).toThrow('v9.9 has no profile');
  });
});

describe('lines and prototypes', () => {
  const at = (prototype: string, line: number): TreeSource =>
    source(['acme_get'], { functions: new Map([['acme_get', { prototype, file: SOURCE, line }]]) });

  it('are kept by kernel, a definition for each prototype', () => {
    const [file] = importAll(
      [],
      [
        ['v6.1', [at('int acme_get(int a)', 5)]],
        ['v6.0', [at('int acme_get(void)', 7)]],
      ],
      KERNELS,
    );
    expect(file?.imported?.functions).toEqual({
      acme_get: [
        { prototype: 'int acme_get(void)', file: SOURCE, lines: { 'v6.0': 7 } },
        { prototype: 'int acme_get(int a)', file: SOURCE, lines: { 'v6.1': 5 } },
      ],
    });
    expect(file?.imported?.sets).toEqual({
      acme_set: { lines: { 'v6.0': 9, 'v6.1': 9 }, kfuncs: { acme_get: { 'v6.0': 1, 'v6.1': 1 } } },
    });
  });

  it('are replaced where the kernel is read again, and go with the kernel', () => {
    const files = importAll(
      [],
      [
        ['v6.0', [at('int acme_get(void)', 7)]],
        ['v6.1', [at('int acme_get(void)', 8)]],
        ['v6.1', [at('long acme_get(void)', 9)]],
      ],
      KERNELS,
    );
    expect(files[0]?.imported?.functions['acme_get']).toEqual([
      { prototype: 'int acme_get(void)', file: SOURCE, lines: { 'v6.0': 7 } },
      { prototype: 'long acme_get(void)', file: SOURCE, lines: { 'v6.1': 9 } },
    ]);
    const [left] = importAll(files, [['v6.1', []]], KERNELS);
    expect(Object.keys(left?.imported?.functions['acme_get']?.[0]?.lines ?? {})).toEqual(['v6.0']);
  });
});

describe('importing several kernels', () => {
  const kernels = [...KERNELS, laterKernel('v6.12'), laterKernel('v6.13')];
  const config = fc.option(fc.constantFrom('CONFIG_A', 'CONFIG_A && CONFIG_B', 'IS_ENABLED(CONFIG_C)'), {
    nil: undefined,
    freq: 4,
  });
  const kfuncIn = (kernel: Kernel): fc.Arbitrary<TreeKfunc> =>
    fc.record({
      name: fc.constantFrom('acme_a', 'acme_b', 'acme_c', 'acme_d'),
      flags: fc.uniqueArray(fc.constantFrom(...Object.keys(kernel.flags)), { maxLength: 2 }),
      check: kernel.layout === 'id_set' ? fc.boolean() : fc.constant(true),
      config,
      line: fc.nat(99).map((line) => line + 1),
    });
  const setIn = (kernel: Kernel): fc.Arbitrary<TreeSet> =>
    fc.record({
      name: fc.constantFrom('acme_set', 'other_set'),
      line: fc.constant(1),
      config,
      registrations: fc.uniqueArray(
        fc.constantFrom(
          ...Object.values(kernel.hooks).flatMap((hook) => hook.prog_types),
          ...(kernel.hooks['fmodret'] === undefined ? [] : ['fmodret']),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      filter:
        kernel.limits.filter_max_cnt === undefined
          ? fc.constant(undefined)
          : fc.option(fc.constantFrom('acme_filter'), { nil: undefined }),
      kfuncs: fc.uniqueArray(kfuncIn(kernel), { maxLength: 4, selector: ({ name }) => name }),
    });
  const sourceIn = (kernel: Kernel): fc.Arbitrary<TreeSource> =>
    fc.record({
      source: fc.constantFrom('net/acme.c', 'net/deep/other.c'),
      owner: fc.constant('acme'),
      config,
      sets: fc.uniqueArray(setIn(kernel), { minLength: 1, maxLength: 2, selector: ({ name }) => name }),
      dtors:
        kernel.limits.dtor_max_cnt === undefined
          ? fc.constant([])
          : fc.uniqueArray(
              fc.record({
                type: fc.constantFrom('t', 'u'),
                kfunc: fc.constant('acme_d'),
                config,
                line: fc.constant(1),
              }),
              { maxLength: 2, selector: ({ type }) => type },
            ),
      functions: fc.constant(new Map()),
    });
  const trees = fc.tuple(
    ...kernels.map((kernel) =>
      fc.tuple(
        fc.constant(kernel.version),
        fc.uniqueArray(sourceIn(kernel), { maxLength: 2, selector: (each) => each.source }),
      ),
    ),
  );

  /** Without order, and with the condition of the file said by each entry. */
  function unordered(content: Content | undefined): unknown {
    const all = (inner: string | undefined): string =>
      [content?.config, inner]
        .flatMap((each) => each?.split(' && ') ?? [])
        .map((each) => each.replaceAll(/^\(+|\)+$/g, ''))
        .sort()
        .join();
    const sorted = (items: readonly unknown[]): readonly string[] => items.map((item) => JSON.stringify(item)).sort();
    return (
      content && {
        owner: content.owner,
        sets: sorted(
          content.sets.map((set) => ({
            ...set,
            config: all(set.config),
            hooks: [...set.hooks].sort(),
            progTypes: [...set.progTypes].sort(),
            kfuncs: sorted(set.kfuncs.map((kfunc) => ({ ...kfunc, flags: [...kfunc.flags].sort() }))),
          })),
        ),
        dtors: sorted(content.dtors.map((dtor) => ({ ...dtor, config: all(dtor.config) }))),
      }
    );
  }

  it('gives every kernel just what its tree says, in whatever order they come, and again nothing new', () => {
    fc.assert(
      fc.property(
        trees.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, order]) => {
          const files = importAll([], order, kernels);
          for (const { declaration } of files) {
            expect(validate(declaration), JSON.stringify(validate.errors)).toBe(true);
          }
          for (const [index, [, sources]] of list.entries()) {
            const kernel = kernels[index];
            for (const path of ['net/acme.c', 'net/deep/other.c']) {
              const read = sources.find((each) => each.source === path);
              const declared = files.find(({ declaration }) => declaration.source === path);
              const wanted = read === undefined || kernel === undefined ? undefined : contentOfTree(read, kernel);
              const said = declared === undefined ? undefined : contentAt(declared.declaration, kernels, index);
              expect(unordered(said)).toEqual(unordered(wanted));
            }
          }
          const again = importAll(files, order, kernels);
          expect(again.map(({ text, imported }) => [text, imported])).toEqual(
            files.map(({ text, imported }) => [text, imported]),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
