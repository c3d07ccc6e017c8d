import { describe, expect, it } from 'vitest';
import { findings } from '../temporary-registry.ts';

const set = (name: string, rest: string): string => `  - { name: ${name}, ${rest} }\n`;
const rules = (text: string, kernels?: readonly string[]): string[] => findings(text, kernels).map(({ rule }) => rule);

describe('registration', () => {
  it('is judged to the end: each failing call is a finding', () => {
    const sets = ['xdp', 'tc', 'syscall'].flatMap((hook) =>
      ['a', 'b', 'c'].map((name) => set(`${name}_${hook}`, `hooks: [${hook}], kfuncs: [f_${name}_${hook}]`)),
    );
    const found = findings(`source: a.c\nowner: acme\nsince: v5.19\nsets:\n${sets.join('')}`);
    expect(found.map(({ rule }) => rule)).toEqual(Array(6).fill('registry/module-registers-twice'));
  });

  it('is refused by a suppression for its own line alone', () => {
    const text = `source: a.c
owner: acme
sets:
${set('a', 'hooks: [xdp], kfuncs: [f]')}  # kfuncs-ignore registry/module-registers-twice: shown to the test
${set('b', 'hooks: [xdp], kfuncs: [g]')}${set('c', 'hooks: [tc], kfuncs: [f]')}${set('d', 'hooks: [tc], kfuncs: [g]')}`;
    expect(rules(text)).toEqual(['registry/module-registers-twice']);
  });

  it('counts what the calls before put into the hook', () => {
    const names = (prefix: string, count: number): string =>
      Array.from({ length: count }, (_, i) => `${prefix}_${i}`).join(', ');
    const text = `source: a.c\nowner: vmlinux\nuntil: v6.1\nsets:\n${set('one', `hooks: [xdp], kfuncs: [${names('f', 20)}]`)}${set('two', `hooks: [xdp], kfuncs: [${names('g', 13)}]`)}${set('three', `hooks: [xdp], kfuncs: [${names('h', 12)}]`)}`;
    expect(findings(text).map(({ message }) => message)).toEqual([
      'with set `two`, hook `xdp` of vmlinux comes to 33 kfuncs, more than the 32 that the kernel takes',
    ]);
  });
});

describe('suppressions', () => {
  const unusedFor = `source: a.c\nowner: acme\nsets:\n  - name: s\n    hooks: [xdp]\n    kfuncs:\n      # kfuncs-ignore registry/kptr-get-flags: of the test\n      - { name: f, flags: [acquire, kptr_get], since: v5.19, until: v6.0 }\n`;

  it('are not unused where the kernels they are for were not judged', () => {
    expect(rules(unusedFor, ['v6.1'])).toEqual([]);
    expect(rules(unusedFor)).toEqual([]);
  });

  it('speak of their own line behind an entry', () => {
    expect(
      rules(
        'source: a.c\nowner: acme\nsets:\n  - { name: s, kfuncs: [f] } # kfuncs-ignore registry/set-without-hook: of the test\n',
      ),
    ).toEqual([]);
  });

  it.each(['registry/identifier', 'registry/config-syntax', 'registry/unknown-flag', 'registry/duplicate-source'])(
    'of %s, without which nothing can be generated, are refused',
    (rule) => {
      const text = `source: a.c\nowner: acme\nsets:\n  # kfuncs-ignore ${rule}: please\n  - { name: "x)\\n#include y", hooks: [xdp], kfuncs: [f] }\n`;
      expect(rules(text)).toEqual(['registry/malformed-suppression', 'registry/identifier']);
    },
  );
});

describe('prototypes', () => {
  const withPrototype = (flags: string, prototype: string): string =>
    `source: a.c\nowner: acme\nsince: v5.19\nsets:\n${set('s', `hooks: [xdp], kfuncs: [{ name: f, flags: [${flags}] }]`)}prototypes: ['${prototype}']\n`;

  it.each([
    ['acquire', 'acme_ptr f(u32 id)'],
    ['acquire', 'struct acme *f(u32 id)'],
    ['release', 'void f(acme_ptr p)'],
    ['acquire, ret_null, kptr_get', 'struct acme *f(acme_ptr *p)'],
  ])('a typedef may hide the pointer that %s needs: %s', (flags, prototype) => {
    expect(rules(withPrototype(flags, prototype), ['v5.19', 'v6.0', 'v6.1'])).toEqual([]);
  });

  it.each(['u32', 'unsigned long', 'int', 'void', 'struct acme', 'enum e', 'size_t', '__be32', 'bool'])(
    'an acquire kfunc can not return %s',
    (type) => {
      expect(rules(withPrototype('acquire', `${type} f(u32 id)`), ['v6.1'])).toEqual([
        'registry/acquire-needs-pointer',
      ]);
    },
  );

  it.each([
    ['void f(struct acme *a)', []],
    ['void f(void *a)', []],
    ['void f(const struct acme *a)', []],
    ['void f(struct acme *const a)', ['registry/dtor-prototype']],
    ['const void f(struct acme *a)', ['registry/dtor-prototype']],
    ['void f(acme_ptr a)', ['registry/dtor-prototype']],
    ['void f(void)', ['registry/dtor-prototype']],
    ['void f(struct acme *a, int b)', ['registry/dtor-prototype']],
  ])('a destructor %s', (prototype, expected) => {
    expect(
      rules(
        `source: a.c\nowner: acme\nsince: v5.19\ndtors: [{ type: acme, kfunc: f }]\nprototypes: ['${prototype}']\n`,
      ),
    ).toEqual(expected);
  });

  it.each(['int f(const u32)', 'int f(u32 x, u32 x)', 'const f(int a)'])('%s is none', (prototype) => {
    expect(rules(withPrototype('', prototype))).toContain('registry/prototype-syntax');
  });
});

describe('conditions that exclude each other', () => {
  const twice = (first: string, second: string): string =>
    `source: a.c\nowner: vmlinux\nsince: v6.0\nsets:\n${set('one', `hooks: [xdp], config: ${first}, kfuncs: [{ name: f, flags: [acquire] }]`)}${set('two', `hooks: [xdp], config: ${second}, kfuncs: [f]`)}`;

  it.each([
    ['CONFIG_A', '!CONFIG_A', []],
    ['CONFIG_A && CONFIG_B', 'CONFIG_C && !CONFIG_B', []],
    ['CONFIG_A', 'CONFIG_B', ['registry/conflicting-flags']],
    ['!CONFIG_A', '!CONFIG_A', ['registry/conflicting-flags']],
  ])('%s and %s', (first, second, expected) => {
    expect(rules(twice(`"${first}"`, `"${second}"`))).toEqual(expected);
  });
});

describe('kernels spelled otherwise', () => {
  it.each([
    ['"6.1"', 'did you mean `v6.1`?'],
    ['V6.1', 'did you mean `v6.1`?'],
    ['v6.1.3', 'did you mean `v6.1`?'],
    ['v5.91', 'did you mean `v5.19`?'],
    ['v6.77', 'there are `v5.18`'],
    ['latest', 'there are `v5.18`'],
  ])('%s', (version, advice) => {
    const [found] = findings(`source: a.c\nowner: acme\nsince: ${version}\n`);
    expect(found).toMatchObject({
      rule: 'registry/unknown-kernel',
      suggestion: expect.stringContaining(advice) as string,
    });
  });
});

it.each(['register_a', 'ret'])('a set can not take the name %s from the header', (name) => {
  expect(rules(`source: a.c\nowner: acme\nsets:\n${set(name, 'hooks: [xdp], kfuncs: [f]')}`)).toEqual([
    'registry/duplicate-set-name',
  ]);
});

describe('acquire kfuncs', () => {
  const text = (returns: string): string =>
    `source: a.c\nowner: acme\nsets:\n${set('s', 'hooks: [xdp], kfuncs: [{ name: f, flags: [acquire] }]')}prototypes: ['${returns}f(void)']\n`;

  it.each([
    ['struct acme *', []],
    ['union acme *', []],
    ['acme_t *', []],
    ['void *', []],
    ['int *', ['v6.1']],
    ['struct acme **', ['v6.1']],
    ['u32 ', ['v6.0', 'v6.1']],
  ])('may return %s in kernels but %j', (returns, kernels) => {
    expect(findings(text(returns), ['v6.0', 'v6.1']).map((finding) => finding.kernels)).toEqual(
      kernels.length === 0 ? [] : [kernels],
    );
  });
});

describe('iterator kfuncs', () => {
  it.each([
    ['bpf_iter_x_new', 'iter_new', 'int bpf_iter_x_new(struct bpf_iter_x *it, u32 from)', undefined],
    ['bpf_iter_x_destroy', 'iter_destroy', 'void bpf_iter_x_destroy(struct bpf_iter_x *it)', undefined],
    ['bpf_iter_x_next', 'iter_new, iter_next', 'int *bpf_iter_x_next(struct bpf_iter_x *it)', 'more than one of'],
    ['bpf_iter_x_new', 'iter_new', 'int bpf_iter_x_new(u32 from)', 'does not take a pointer'],
    ['bpf_iter_x_new', 'iter_new', 'int bpf_iter_x_new(struct iter_x *it)', 'does not take a pointer'],
    ['bpf_x_new', 'iter_new', 'int bpf_x_new(struct bpf_iter_x *it)', '`bpf_iter_x_new`'],
    ['bpf_iter_x_next', 'iter_next', 'int *bpf_iter_x_next(struct bpf_iter_x *it, u32 n)', 'more than the state'],
    ['bpf_iter_x_next', 'iter_next', 'int bpf_iter_x_next(struct bpf_iter_x *it)', 'returns `int`'],
    ['bpf_iter_x_destroy', 'iter_destroy', 'int bpf_iter_x_destroy(struct bpf_iter_x *it)', 'returns `int`'],
  ])('%s with %s: %s', (name, flags, prototype, says) => {
    const entry = `{ name: ${name}, flags: [${flags}], since: v6.4 }`;
    const text = `source: a.c\nowner: acme\nsets:\n${set('s', `hooks: [xdp], kfuncs: [${entry}]`)}prototypes: ['${prototype}']\n`;
    const found = findings(text, ['v6.4']);
    expect(found.map(({ rule }) => rule)).toEqual(says === undefined ? [] : ['registry/iterator-prototype']);
    expect(found[0]?.message ?? '').toContain(says ?? '');
  });
});
