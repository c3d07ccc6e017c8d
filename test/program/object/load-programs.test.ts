import { describe, expect, it } from 'vitest';
import { typeAt } from '../../../src/btf/read-type.ts';
import { loadPrograms } from '../../../src/program/object/load-programs.ts';
import { openObject } from '../../../src/program/object/open-object.ts';
import type { Program } from '../../../src/program/program.ts';
import { disassemble } from '../../../src/program/text/disassemble.ts';
import { namesOfProgram } from '../../../src/program/text/instruction-names.ts';
import { btfOf, INT, struct } from '../../btf/types.ts';
import { objectFixture, type ObjectName } from '../fixture.ts';

const CONFIG = new Map([
  ['CONFIG_BPF_SYSCALL', 'y'],
  ['CONFIG_NF_CONNTRACK', 'm'],
  ['CONFIG_TEXT_CHAR', 'm'],
  ['CONFIG_HZ', '0x3e8'],
  ['CONFIG_DEFAULT_HOSTNAME', '"a long name"'],
  ['CONFIG_NEGATIVE', '-2'],
]);

/** A kernel that has one of the externs. */
const KERNEL = btfOf([
  INT,
  struct('rq', 4, ['cpu', 1, 0]),
  { kind: 'var', name: 'runqueues', type: 2, linkage: 'global' },
]);

/** The programs of a fixture, by name. */
function load(name: ObjectName): ReadonlyMap<string, Program> {
  const bytes = objectFixture(name);
  const kernelBtf = { vmlinux: KERNEL, modules: new Map() };
  const programs = loadPrograms(openObject(bytes), { kernelBtf, kernelVersion: 'v6.1', config: CONFIG });
  return new Map(programs.map((program) => [program.id, program]));
}

function textOf(program: Program | undefined): readonly string[] {
  return program === undefined ? [] : disassemble(program.code, namesOfProgram(program)).map(({ text }) => text);
}

describe('an object with subprograms', () => {
  const programs = load('link');

  it('gives its programs in their order', () => {
    expect([...programs.keys()]).toEqual(['one', 'two', 'three', 'four']);
  });

  it('gives each the subprograms that it needs, in the order in which they are called first', () => {
    const names = (id: string): readonly string[] => programs.get(id)?.functions.map(({ name }) => name) ?? [];
    expect(names('one')).toEqual(['one', 'first', 'second', 'third', 'last']);
    expect(names('two')).toEqual(['two', 'each', 'third', 'last', 'step']);
    expect(names('three')).toEqual(['three', 'step', 'second', 'third', 'last']);
    expect(names('four')).toEqual(['four']);
  });

  it('tells static functions, and such as are hidden, from global ones', () => {
    const linkages = programs.get('one')?.functions.map(({ name, linkage }) => [name, linkage]);
    expect(linkages).toEqual([
      ['one', 'global'],
      ['first', 'static'],
      ['second', 'global'],
      ['third', 'static'],
      ['last', 'global'],
    ]);
  });

  it('has callbacks, calls and maps by name', () => {
    const text = textOf(programs.get('two'));
    expect(text.slice(0, 7)).toEqual([
      'r1 = map[hash] ll',
      'r2 = func each ll',
      'r3 = 0',
      'r4 = 0',
      'call 164',
      'r1 = 3',
      'r2 = func step ll',
    ]);
    expect(text).toContain('call third');
    expect(text).toContain('r1 = map[.data.custom] +0 ll');
  });

  it('has a source line for each first slot of a function', () => {
    const { functions = [], lines = [] } = programs.get('three') ?? {};
    for (const { slot } of functions) expect(lines.some((line) => line.slot === slot)).toBe(true);
    expect(lines[0]).toMatchObject({ slot: 0, text: '\tbpf_loop(5, step, 0, 0);', line: 113 });
    expect(lines[0]?.file).toMatch(/link\.bpf\.c$/);
  });

  it('has maps as loaders create them', () => {
    const maps = programs.get('one')?.maps ?? [];
    expect(
      maps.map(({ name, type, keySize, valueSize, maxEntries, flags }) => [
        name,
        type,
        keySize,
        valueSize,
        maxEntries,
        flags,
      ]),
    ).toEqual([
      ['inner_one', 'array', 4, 8, 1, 0],
      ['outer.inner', 'array', 4, 8, 1, 0],
      ['outer', 'array_of_maps', 4, 4, 2, 0],
      ['hash', 'hash', 4, 24, 16, 0],
      ['sized', 'array', 4, 24, 4, 1024],
      ['ring', 'ringbuf', 0, 0, 8192, 0],
      ['events', 'perf_event_array', 4, 4, 8, 0],
      ['.data', 'array', 4, 36, 1, 1024],
      ['.rodata', 'array', 4, 14, 1, 1152],
      ['.data.custom', 'array', 4, 4, 1, 1024],
      ['.rodata.custom', 'array', 4, 4, 1, 1152],
      ['.bss', 'array', 4, 4, 1, 1024],
    ]);
    const byName = new Map(maps.map((map) => [map.name, map]));
    expect(maps[byName.get('outer')?.innerMap ?? -1]?.name).toBe('outer.inner');
    expect(byName.get('.rodata')).toMatchObject({ frozen: true });
    expect(Array.from(byName.get('.rodata')?.contents ?? []).slice(0, 4)).toEqual([3, 0, 0, 0]);
    expect(byName.get('.bss')).toMatchObject({ frozen: false, contents: undefined });
    const value = byName.get('hash');
    expect(value?.btf !== undefined && typeAt(value.btf, value.valueTypeId)).toMatchObject({
      kind: 'struct',
      name: 'value',
    });
    expect(byName.get('events')).toMatchObject({ btf: undefined, valueTypeId: 0 });
  });

  it('has the licence that it says', () => {
    expect(programs.get('one')?.license).toBe('Dual BSD/GPL');
  });
});

describe('an object with externs', () => {
  const programs = load('externs');

  it('calls kfuncs by name, also such as may be missing', () => {
    const calls = [...(programs.get('calls')?.kfuncCalls.values() ?? [])];
    expect(calls).toEqual([
      { name: 'tcp_reno_cong_avoid', weak: false },
      { name: 'bpf_no_such_kfunc', weak: true },
      { name: 'tcp_slow_start', weak: false },
    ]);
  });

  it('gets values of the configuration', () => {
    const map = programs.get('variables')?.maps.find(({ name }) => name === '.kconfig');
    const section = map?.btf === undefined ? undefined : typeAt(map.btf, map.valueTypeId);
    const bytes = Buffer.from(map?.contents ?? []);
    const values = new Map(
      section?.kind === 'datasec' && map?.btf !== undefined
        ? section.variables.map(({ type, offset, size }) => {
            const variable = map.btf === undefined ? undefined : typeAt(map.btf, type);
            return [
              variable?.kind === 'var' ? variable.name : '',
              bytes.subarray(offset, offset + size).toString('hex'),
            ];
          })
        : [],
    );
    expect(Object.fromEntries(values)).toEqual({
      LINUX_KERNEL_VERSION: '00010600',
      CONFIG_BPF_SYSCALL: '01',
      CONFIG_NF_CONNTRACK: '02000000',
      CONFIG_HZ: 'e8030000',
      CONFIG_MISSING: '0000000000000000',
      CONFIG_DEFAULT_HOSTNAME: Buffer.from('a long \0').toString('hex'),
      CONFIG_TEXT_CHAR: '6d',
      CONFIG_NEGATIVE: 'feffffffffffffff',
      LINUX_HAS_BPF_COOKIE: '01',
    });
    expect(map).toMatchObject({ frozen: true, flags: 1152 });
  });

  it('has addresses of what the kernel has, and 0 for what is weak and missing', () => {
    const { kernelVariables } = programs.get('variables') ?? {};
    expect([...(kernelVariables?.values() ?? [])]).toEqual([{ name: 'runqueues', weak: false }]);
    const text = textOf(programs.get('variables'));
    expect(text.filter((line) => line.endsWith(' = 0x0 ll'))).toHaveLength(2);
    expect(textOf(programs.get('calls')).filter((line) => line.endsWith(' = 0x0 ll'))).toHaveLength(1);
  });
});

describe('an object with operations structs', () => {
  it('says which member a program implements', () => {
    const attach = [...load('struct-ops').values()].map((program) => program.attach);
    expect(attach).toEqual([
      { kind: 'member', struct: 'tcp_congestion_ops', member: 'init' },
      { kind: 'member', struct: 'tcp_congestion_ops', member: 'ssthresh' },
    ]);
  });

  it('can be asked what is in it', () => {
    const { structOps } = openObject(objectFixture('struct-ops'));
    expect(
      structOps.map(({ name, members }) => [name, members.map((each) => `${each.member}=${each.implementation.name}`)]),
    ).toEqual([
      ['first', ['init=bpf_init', 'ssthresh=bpf_ssthresh']],
      ['second', ['ssthresh=bpf_ssthresh']],
    ]);
  });
});

describe('an object of gcc 12, whose BTF kernels refuse', () => {
  it('is loaded without BTF, and linked all the same', () => {
    const object = openObject(objectFixture('gcc'));
    expect(object).toMatchObject({ isBtfRefused: true, license: 'GPL' });
    const program = load('gcc').get('prog');
    expect(program).toMatchObject({ btf: undefined, functions: [], progType: 'xdp' });
    expect(program?.maps.map(({ name, btf, valueTypeId }) => [name, btf, valueTypeId])).toEqual([
      ['counts', undefined, 0],
      ['.data', undefined, 0],
      ['.bss', undefined, 0],
    ]);
    const text = textOf(program);
    expect(text).toContain('r1 = map[counts] ll');
    // gcc puts volatile constants among the variables.
    expect(text).toContain('r0 = map[.data] +0 ll');
    expect(text.filter((line) => line.startsWith('call '))).toEqual(['call 1', 'call +9', 'call +3']);
  });
});
