import { describe, expect, it } from 'vitest';
import { isProgramJsonError, type ProgramJsonErrorCode } from '../../../src/program/json/program-json-error.ts';
import { isMapCase, parseProgramJson } from '../../../src/program/json/parse-program-json.ts';
import { readProgramLines } from '../../../src/program/json/program-lines.ts';
import { btfOf, func, INT, prototype, struct } from '../../btf/types.ts';

const BLOB = btfOf([
  INT,
  struct('v_mix', 16, ['a', 1, 0]),
  prototype(1, ['context', 1]),
  func('main_prog', 3),
  func('sub_a', 3),
]);
const options = { btfOf: (name: string) => (name === 'maps' ? BLOB : undefined) };

const EXIT = '9500000000000000';
const KFUNC = '8520000000000000';
const LOAD_MAP = '18110000000000000000000000000000';
const LOAD_VALUE = '18210000000000000000000010000000';
const MAP = { name: 'm', type: 'array', key_size: 4, value_size: 16, max_entries: 1, value_type: 'v_mix' };

function program(more: object = {}): object {
  return { id: 'p', prog_type: 'xdp', insns: EXIT, ...more };
}

describe('a raw program', () => {
  it('needs no more than an id, a type and instructions', () => {
    const parsed = parseProgramJson(JSON.stringify(program()), options);
    expect(parsed).toMatchObject({
      id: 'p',
      progType: 'xdp',
      expectedAttachType: 0,
      attach: undefined,
      sleepable: false,
      license: 'GPL',
      maps: [],
      btf: undefined,
      functions: [],
    });
    expect(isMapCase(parsed)).toBe(false);
  });

  it('names kfuncs and maps by slot', () => {
    const insns = KFUNC + LOAD_MAP + LOAD_VALUE + EXIT;
    const parsed = parseProgramJson(
      program({ insns, kfunc_calls: { 0: 'bpf_ct_release' }, map_refs: { 1: 0, 3: 0 }, maps: [MAP], btf: 'maps' }),
      options,
    );
    if (isMapCase(parsed)) throw new Error('parsed as operations');
    expect([...parsed.kfuncCalls]).toEqual([[0, { name: 'bpf_ct_release', weak: false }]]);
    expect([...parsed.mapReferences]).toEqual([
      [1, { map: 0, valueOffset: undefined }],
      [3, { map: 0, valueOffset: 16 }],
    ]);
    expect(parsed.maps).toMatchObject([{ name: 'm', btf: BLOB, valueTypeId: 2, keyTypeId: 1, innerMap: undefined }]);
    expect(parsed.btf).toBeUndefined();
  });

  it('has BTF where it has functions', () => {
    const func_info = [
      [0, 'main_prog'],
      [1, 'sub_a'],
    ];
    const parsed = parseProgramJson(program({ insns: EXIT + EXIT, btf: 'maps', func_info }), options);
    expect(parsed).toMatchObject({
      btf: BLOB,
      functions: [
        { slot: 0, typeId: 4 },
        { slot: 1, linkage: 'global' },
      ],
    });
  });

  it.each([
    [{ attach_func: 'tcp_sendmsg' }, { kind: 'function', name: 'tcp_sendmsg' }],
    [
      { attach_struct: 'tcp_congestion_ops', attach_member: 'init' },
      { kind: 'member', struct: 'tcp_congestion_ops', member: 'init' },
    ],
  ])('attaches by %j', (fields, attach) => {
    expect(parseProgramJson(program(fields), options)).toMatchObject({ attach });
  });

  it('creates a map without BTF where it has no value type', () => {
    const parsed = parseProgramJson(program({ maps: [{ ...MAP, value_type: null }], btf: 'maps' }), options);
    expect(parsed.maps).toMatchObject([{ btf: undefined, keyTypeId: 0, valueTypeId: 0 }]);
  });
});

describe('operations on maps', () => {
  it('are parsed in their order', () => {
    const ops = [
      { op: 'create', map: 0 },
      { op: 'mmap', map: 0, arg: 1 },
    ];
    const parsed = parseProgramJson({ id: 'm', kind: 'map', maps: [MAP], btf: 'maps', ops }, options);
    expect(isMapCase(parsed)).toBe(true);
    expect(parsed).toMatchObject({
      btf: BLOB,
      ops: [
        { op: 'create', map: 0, arg: 0 },
        { op: 'mmap', arg: 1 },
      ],
    });
  });
});

describe('what is wrong', () => {
  const cases: readonly (readonly [string, unknown, ProgramJsonErrorCode, string, RegExp])[] = [
    ['no JSON', '{"id":', 'syntax', '', /JSON/],
    ['no object', [], 'schema', '', /expected an object, found \[\]/],
    ['no instructions', { id: 'p', prog_type: 'xdp' }, 'schema', '/insns', /is missing/],
    ['half a slot', program({ insns: '95' }), 'schema', '/insns', /expected a text like .*, found "95"/],
    ['a wrong type', program({ sleepable: 1 }), 'schema', '/sleepable', /expected true or false, found 1/],
    ['an unknown key of a map', program({ maps: [{ ...MAP, key_sise: 4 }] }), 'schema', '/maps/0/key_sise', /no such key; there are name, /],
    ['operations of a program', program({ ops: [] }), 'schema', '/ops', /does not belong/],
    ['an unknown operation', { id: 'm', kind: 'map', maps: [MAP], ops: [{ op: 'x', map: 0 }] }, 'schema', '/ops/0/op', /create, freeze/],
    ['no slot as a key', program({ kfunc_calls: { x: 'f' } }), 'schema', '/kfunc_calls/x', /number of a slot/],
    ['a kfunc call elsewhere', program({ kfunc_calls: { 0: 'f' } }), 'reference', '/kfunc_calls/0', /no call of a kfunc: opcode 0x95/],
    ['a map reference beyond the end', program({ map_refs: { 7: 0 }, maps: [{ ...MAP, value_type: null }] }), 'reference', '/map_refs/7', /slot 7, of 1/],
    ['a map that is not there', program({ insns: LOAD_MAP + EXIT, map_refs: { 0: 3 } }), 'reference', '/map_refs/0', /map 3, of 0/],
    ['an unknown BTF', program({ btf: 'other' }), 'reference', '/btf', /there is no BTF other/],
    ['an unknown value type', program({ btf: 'maps', maps: [{ ...MAP, value_type: 'v' }] }), 'reference', '/maps/0/value_type', /has no such struct/],
    ['an inner map that comes later', program({ maps: [{ ...MAP, value_type: null, inner_map: 0 }] }), 'reference', '/maps/0/inner_map', /before this one/],
    ['an unknown function', program({ btf: 'maps', func_info: [[0, 'nobody']] }), 'reference', '/func_info/0/1', /no such function/],
    ['functions out of order', program({ btf: 'maps', func_info: [[0, 'sub_a'], [0, 'sub_a']] }), 'reference', '/func_info/1/0', /after 0 and before 1/],
    ['a member without its struct', program({ attach_member: 'init' }), 'reference', '/attach_struct', /needs it/],
  ]; // prettier-ignore

  it.each(cases)('%s is told with its place', (_, input, code, pointer, message) => {
    const error = thrown(() => parseProgramJson(input, options));
    expect(isProgramJsonError(error) && error.code).toBe(code);
    expect(isProgramJsonError(error) && error.problems[0]).toMatchObject({
      pointer,
      message: expect.stringMatching(message) as string,
    });
  });

  it('is told all at once', () => {
    const error = thrown(() => parseProgramJson(program({ sleepable: 1, kfunc_calls: 2 }), options));
    expect(isProgramJsonError(error) && error.problems.map(({ pointer }) => pointer)).toEqual([
      '/sleepable',
      '/kfunc_calls',
    ]);
  });
});

describe('a file with one program a line', () => {
  it('loses no line by a bad one', () => {
    const text = [
      JSON.stringify(program()),
      '',
      '{',
      JSON.stringify({ id: 'q' }),
      JSON.stringify(program({ id: 'r' })),
    ].join('\n');
    const lines = [...readProgramLines(text, { ...options, file: 'a.jsonl' })];
    expect(lines.map(({ line, parsed }) => [line, parsed?.id])).toEqual([
      [1, 'p'],
      [3, undefined],
      [4, undefined],
      [5, 'r'],
    ]);
    expect(lines[2]).toMatchObject({ id: 'q', error: { file: 'a.jsonl', line: 4 } });
    expect(lines[2]?.parsed === undefined && lines[2]?.error.message).toMatch(/^a\.jsonl:4: \/prog_type: is missing/);
  });
});

function thrown(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
