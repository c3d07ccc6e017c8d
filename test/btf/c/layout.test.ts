import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingTools } from '../../c/toolchain.ts';
import { nameOf } from '../../../src/btf/btf.ts';
import { printC } from '../../../src/btf/c/print-c.ts';
import { findIdByName, findIdsByName } from '../../../src/btf/find.ts';
import { openBtfFile } from '../../../src/btf/open-btf-file.ts';
import { realKernel } from '../real-kernel.ts';
import { compile, COMPILE_TOOLS, laidOut, layout } from './layout.ts';

const SOURCES: readonly (readonly [string, string])[] = [
  ['plain members', 'struct s { char a; int b; long c; char d; };'],
  ['packed', 'struct s { char a; int b; long c; } __attribute__((packed));'],
  ['packed to another alignment', 'struct s { char a; long b; char c; } __attribute__((packed, aligned(4)));'],
  ['packed inside', 'struct __attribute__((packed)) p { char a; int b; }; struct s { char c; struct p p; long d; };'],
  ['a packed member', 'struct s { char a; int b __attribute__((packed)); char c; };'],
  ['an aligned member', 'struct s { int a; int b __attribute__((aligned(64))); int c; };'],
  ['aligned as a whole', 'struct s { int a; } __attribute__((aligned(32))); struct t { char c; struct s s; };'],
  ['an empty struct that is aligned', 'struct s { int a; struct { } __attribute__((aligned(16))) hole; int b; };'],
  ['a union', 'union s { char a[5]; short b; };'],
  ['a packed union', 'union s { char a[5]; int b; } __attribute__((packed)); struct t { char c; union s s; };'],
  ['an aligned union', 'union s { char a[5]; int b; } __attribute__((aligned(16)));'],
  ['bitfields', 'struct s { int a : 3; int b : 7; unsigned c : 22; int d : 1; };'],
  ['bitfields with gaps', 'struct s { int a : 3; int : 5; int b : 7; int : 0; int c : 1; char d; };'],
  ['bitfields beside members', 'struct s { char a; int b : 4; short c; int d : 20; char e; long f : 40; };'],
  ['bitfields of small types', 'struct s { unsigned char a : 3; unsigned char b : 6; _Bool c : 1; short d : 9; };'],
  ['bitfields of 64 bits', 'struct s { unsigned long a : 33; unsigned long b : 31; unsigned long c : 1; };'],
  ['bitfields of an enum', 'enum e { A, B = 7 }; struct s { enum e a : 3; enum e b : 4; };'],
  ['packed bitfields', 'struct s { char a; int b : 30; int c : 7; char d; int e : 3; } __attribute__((packed));'],
  ['bitfields in a union', 'union s { int a : 3; long b : 40; char c; };'],
  ['a bitfield at the end of a larger struct', 'struct s { long a; int b : 3; char c; int : 8; int d : 2; };'],
  [
    'nested anonymous members',
    'struct s { char a; union { struct { int b; char c; }; long d; }; struct { char e; } f[3]; };',
  ],
  ['a flexible array', 'struct s { long a; int b; char c[]; };'],
  ['arrays of no elements', 'struct s { char a; int b[0]; char c; };'],
  ['small enums', 'enum __attribute__((packed)) e { A = 1, B = 255 }; struct s { char a; enum e b; short c; };'],
  [
    'large enums',
    'enum e { A = 0x100000000, B = 1 }; enum f { C = -0x100000000, D }; struct s { enum e a; enum f b; };',
  ],
  ['signed enums', 'enum e { A = -1, B = 0x7fffffff }; enum f { C = 0xffffffff }; struct s { enum e a; enum f b; };'],
  ['16 bytes', 'struct s { char a; __int128 b; char c; long double d; };'],
  ['floats', 'struct s { char a; float b; char c; double d; };'],
  ['arguments of a function without prototype', 'struct s { __builtin_va_list a; int (*b)(); };'],
  ['typedefs of anonymous structs', 'typedef struct { char a; long b; } t; typedef t u[2]; struct s { char c; u d; };'],
  [
    'pointers of all sorts',
    'struct s { const char *const a; int (*b)[3]; int *(*c)(struct s *, void (*)(int)); void *d[4]; };',
  ],
];

describe('printed C has the layout that BTF says', () => {
  it.for(SOURCES)('%s', ([, source], { skip }) => {
    const missing = missingTools(...COMPILE_TOOLS);
    skip(missing !== undefined, missing);
    const btf = compile(source);
    const ids = laidOut(btf);
    expect(ids.length).toBeGreaterThan(0);
    const again = compile(printC(btf, ids));
    for (const id of ids) {
      const [copy = 0] = findIdsByName(again, nameOf(btf, id));
      expect(layout(again, copy), nameOf(btf, id)).toBe(layout(btf, id));
    }
  });

  it('for every struct, union and enum of a kernel', async ({ skip }) => {
    const missing = missingTools(...COMPILE_TOOLS);
    skip(missing !== undefined, missing);
    const kernel = await realKernel();
    if (typeof kernel === 'string') return skip(kernel);
    const btf = openBtfFile(readFileSync(kernel.vmlinux));
    const ids = laidOut(btf);
    const again = compile(printC(btf, ids));
    const expected = ids.map((id) => `${nameOf(btf, id)} ${layout(btf, id)}`).sort();
    const found = laidOut(again).map((id) => `${nameOf(again, id).replace(/___\d+$/, '')} ${layout(again, id)}`);
    expect(expected.length).toBeGreaterThan(5000);
    expect(found.sort()).toEqual(expected);
  });

  it.for(['task_struct', 'sk_buff', 'net_device', 'xdp_buff', 'nf_conn'])(
    'for struct %s alone, with what it needs',
    async (name, { skip }) => {
      const missing = missingTools(...COMPILE_TOOLS);
      skip(missing !== undefined, missing);
      const kernel = await realKernel();
      if (typeof kernel === 'string') return skip(kernel);
      const btf = openBtfFile(readFileSync(kernel.vmlinux));
      const id = findIdByName(btf, name, 'struct') ?? 0;
      const again = compile(printC(btf, [id]));
      expect(layout(again, findIdByName(again, name, 'struct') ?? 0)).toBe(layout(btf, id));
    },
  );
});
