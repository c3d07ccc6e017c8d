import { describe, expect, it } from 'vitest';
import { definitionsIn } from '../../../../generator/importers/tree/definitions.ts';
import { findDefinitions } from '../../../../generator/importers/tree/find-definitions.ts';
import { memoryTree } from '../memory-tree.ts';

function read(text: string): { readonly prototypes: readonly string[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const found = definitionsIn(memoryTree({ 'a.c': text }), 'a.c', new Set(['f', 'g']), (line, reason) =>
    problems.push(`${String(line)}: ${reason}`),
  );
  return { prototypes: [...found.values()].map(({ prototype, line }) => `${String(line)}: ${prototype}`), problems };
}

describe('definitions in a file', () => {
  it.each([
    ['__bpf_kfunc int f(void)\n{', '1: int f(void)'],
    ['static inline struct x *\nf(struct y *y,\n  u32 n__sz) {', '2: struct x *f(struct y *y, u32 n__sz)'],
    ['int f(int a);\nint g(int b)\n{ return f(b); }', '2: int g(int b)'],
    ['int g(int b) { if (f(b)) { } }\nint f(int a) {}', '1: int g(int b)|2: int f(int a)'],
    ['EXPORT(x)\nint f(int a) {', '2: int f(int a)'],
    ['__printf(1, 2) __must_check void *f(const char *s, ...) __acquires(x) {', '1: void *f(const char *s, ...)'],
    ['#ifdef CONFIG_X\nint f(int a) { }\n#else\nint f(int b) { }\n#endif', '2: int f(int a)'],
    ['#if 0\nint f(int a) { }\n#endif\nlong f(int b) { }', '4: long f(int b)'],
    ['#define NAME f\nunsigned long long NAME(int a __maybe_unused) { }', '2: unsigned long long f(int a)'],
    ['struct ops o = { .f = f(1) };', ''],
    ['#define f(x) { x }\nint g(int a) { }', '2: int g(int a)'],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual({ prototypes: expected === '' ? [] : expected.split('|'), problems: [] });
  });

  it('report what is no prototype', () => {
    expect(read('\nint f(int) {').problems).toEqual([
      "2: the definition of f can't be read as a prototype: expected a parameter name, found `)`",
    ]);
  });
});

describe('the search for definitions', () => {
  it('looks in the file, then in its folder, then below the same folder of the root, then elsewhere, headers last', () => {
    const int = (name: string): string => `int ${name}(void) { }\n`;
    const tree = memoryTree({
      'net/x/own.c': int('a'),
      'net/x/near.c': int('a') + int('b'),
      'net/y/top.c': int('a') + int('b') + int('c'),
      'lib/far.c': int('a') + int('b') + int('c') + int('d'),
      'include/h.h': int('d') + int('e'),
    });
    const names = new Map(['a', 'b', 'c', 'd', 'e', 'missing'].map((name, at) => [name, at + 1]));
    const { found, problems } = findDefinitions(tree, [{ source: 'net/x/own.c', names }]);
    expect([...(found.get('net/x/own.c') ?? [])].map(([name, { file }]) => [name, file])).toEqual([
      ['a', 'net/x/own.c'],
      ['b', 'net/x/near.c'],
      ['c', 'net/y/top.c'],
      ['d', 'lib/far.c'],
      ['e', 'include/h.h'],
    ]);
    expect(problems).toEqual([{ file: 'net/x/own.c', line: 6, reason: 'no definition of missing was found' }]);
  });
});
