import { describe, expect, it } from 'vitest';
import { openBtfFile } from '../../../src/btf/open-btf-file.ts';
import { loadPrograms } from '../../../src/program/object/load-programs.ts';
import { isObjectError, type ObjectError, type ObjectErrorCode } from '../../../src/program/object/object-error.ts';
import { openObject } from '../../../src/program/object/open-object.ts';
import { fixture } from '../../btf/fixture.ts';
import { btfOf, func, INT, prototype, struct } from '../../btf/types.ts';
import { CLANGS, compile } from '../compile.ts';

/** A kernel with as much as the sources here ask for. */
const KERNEL = btfOf([INT, struct('sk_buff', 8, ['len', 1, 0]), prototype(1, ['number', 1]), func('bpf_kfunc', 3)]);

const HEAD = '#include "bpf.h"\n';
const PROGRAM = 'SEC("xdp") int prog(void *context) { return 0; }\n';

/** A map with these members, and a program. */
function map(members: string, more = ''): string {
  return `${HEAD}${more}struct { ${members} } m SEC(".maps");\n${PROGRAM}`;
}

const SOURCES: readonly (readonly [string, string, ObjectErrorCode, RegExp])[] = [
  ['a map without a type', map('__uint(max_entries, 1);'), 'bad-map', /m, section \.maps/],
  ['a map with an unknown member', map('__uint(type, 1); __uint(nonsense, 1);'), 'bad-map', /nonsense/],
  ['a map whose sizes differ', map('__uint(type, 1); __uint(key_size, 8); __type(key, u32);'), 'bad-map', /8 bytes, and 4/],
  ['a map with a number that is none', map('__uint(type, 1); int max_entries;'), 'bad-map', /max_entries is no number/],
  ['values of a plain map', map('__uint(type, 1); __array(values, struct inner);', 'struct inner { __uint(type, 1); };\n'), 'bad-map', /hash has no values/],
  ['definitions of maps from before BTF', `${HEAD}struct { u32 type; } m SEC("maps") = { 1 };\n${PROGRAM}`, 'legacy-maps', /BTF-defined/],
  ['a section that is no program type', `${HEAD}SEC("nonsense") int prog(void *c) { return 0; }`, 'unknown-section', /prog, section nonsense/],
  ['a static program', `${HEAD}SEC("xdp") static int prog(void *c) { return 0; }`, 'bad-program', /static/],
  ['an extern elsewhere', `${HEAD}extern int elsewhere;\nSEC("xdp") int prog(void *c) { return elsewhere; }`, 'bad-extern', /elsewhere/],
  ['an unknown value of the configuration', `${HEAD}extern int CONFIG_X __kconfig;\nSEC("xdp") int prog(void *c) { return CONFIG_X; }`, 'config-missing', /CONFIG_X/],
  ['a kfunc declared otherwise', `${HEAD}extern int bpf_kfunc(void *) __ksym;\nSEC("xdp") int prog(void *c) { return bpf_kfunc(c); }`, 'extern-incompatible', /bpf_kfunc/],
  ['a relocation of a field beyond what a load reaches', `${HEAD}struct sk_buff { char pad[40000]; int len; } core;\nSEC("xdp") int prog(struct sk_buff *s) { return s->len; }`, 'core-mismatch', /sk_buff\.len/],
  ['a call of another program', `${HEAD}SEC("xdp") __noinline int one(int a) { return a * 3; }\nSEC("tc") int prog(void *c) { return one((int)(long)c); }`, 'bad-relocation', /one/],
]; // prettier-ignore

function refusal(bytes: Uint8Array): ObjectError {
  try {
    loadPrograms(openObject(bytes), { kernelBtf: { vmlinux: KERNEL, modules: new Map() }, kernelVersion: 'v6.1' });
  } catch (error) {
    if (isObjectError(error)) return error;
    throw error;
  }
  throw new Error('loaded');
}

describe.skipIf(CLANGS.length === 0)(`sources${CLANGS.length === 0 ? ' (skipped: needs clang)' : ''}`, () => {
  it.each(SOURCES)('%s', (_, source, code, message) => {
    const error = refusal(compile(source, { args: ['-Wno-everything'] }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('with one program that is refused give the others', () => {
    const bad =
      'struct sk_buff { char pad[40000]; int len; } core;\nSEC("xdp") int bad(struct sk_buff *s) { return s->len; }\n';
    const object = openObject(compile(`${HEAD}${bad}${PROGRAM}`, { args: ['-Wno-everything'] }));
    const options = { kernelBtf: { vmlinux: KERNEL, modules: new Map() }, kernelVersion: 'v6.1' };
    const load = (name: string): number =>
      loadPrograms(object, { ...options, select: (each) => each.name === name }).length;
    expect(load('prog')).toBe(1);
    expect(() => load('bad')).toThrow(/sk_buff\.len/);
  });

  it('without -g have no maps and no externs', () => {
    const error = refusal(compile(map('__uint(type, 1);'), { args: ['-g0'] }));
    expect([error.code, error.message]).toEqual(['bad-map', 'maps need BTF: compile with -g (section .maps)']);
  });

  it('without -g are loaded without BTF', () => {
    const bytes = compile(`${HEAD}${PROGRAM}`, { args: ['-g0'] });
    const options = { kernelBtf: { vmlinux: KERNEL, modules: new Map() }, kernelVersion: 'v5.19' };
    expect(loadPrograms(openObject(bytes), options)).toMatchObject([{ btf: undefined, functions: [], lines: [] }]);
  });
});

describe('files', () => {
  it('of the other byte order are refused', () => {
    expect(refusal(fixture('program-be.o'))).toMatchObject({ code: 'not-bpf' });
  });

  it('of another machine are refused', () => {
    const bytes = fixture('program.o').slice();
    bytes[18] = 62;
    expect(refusal(bytes)).toMatchObject({ code: 'not-bpf', message: expect.stringMatching(/machine 62/) as string });
  });

  it('without symbols are refused', () => {
    const bytes = fixture('program.o').slice();
    const view = new DataView(bytes.buffer);
    const start = Number(view.getBigUint64(40, true));
    // SHT_SYMTAB becomes a type that means nothing.
    for (let at = start; at < bytes.length; at += 64)
      if (view.getUint32(at + 4, true) === 2) view.setUint32(at + 4, 0x70000000, true);
    expect(refusal(bytes)).toMatchObject({ code: 'no-symbols' });
  });

  it('are opened as far as they can be without a kernel', () => {
    const { btf, programs } = openObject(fixture('program.o'));
    expect(btf?.typeCount).toBeGreaterThan(openBtfFile(fixture('program.o')).typeCount - 1);
    expect(programs.length).toBeGreaterThan(0);
  });
});
