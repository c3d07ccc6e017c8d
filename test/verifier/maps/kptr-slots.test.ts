import { describe, expect, test } from 'vitest';
import { findIdByName } from '../../../src/btf/find.ts';
import { sizeOf } from '../../../src/btf/size.ts';
import type { MapSpec } from '../../../src/program/program.ts';
import { createMap, type BpfMap } from '../../../src/verifier/maps/bpf-map.ts';
import { KERNELS } from './kernels.ts';
import { CORPUS, openFile } from './map-case-file.ts';

const btf = openFile(new URL('btf/maps.btf', CORPUS));
const KEY = findIdByName(btf, 'int', 'int') ?? 0;

const EINVAL = -22;
const ENOENT = -2;
const E2BIG = -7;
const REF = 'prog_test_ref_kfunc';
const MEMBER = 'prog_test_member';

describe('what v5.19 and v6.1 make of the kptrs of a value', () => {
  test.each([
    ['v_ref', 'a referenced kptr', [[0, 'referenced', REF, 'bpf_kfunc_call_test_release']]],
    ['v_unref', 'an unreferenced one', [[0, 'unreferenced', REF, undefined]]],
    [
      'v_mix',
      'several among other members',
      [
        [8, 'unreferenced', REF, undefined],
        [16, 'referenced', REF, 'bpf_kfunc_call_test_release'],
        [24, 'referenced', MEMBER, 'bpf_kfunc_call_memb_release'],
        [32, 'unreferenced', MEMBER, undefined],
      ],
    ],
    ['v_const', 'const behind the tag', [[0, 'referenced', REF, 'bpf_kfunc_call_test_release']]],
    ['v_typedef', 'a typedef behind the tag', [[0, 'referenced', REF, 'bpf_kfunc_call_test_release']]],
    ['v_plain', 'none', undefined],
    ['v_untagged', 'a pointer without a tag', undefined],
    ['v_ptrtypedef', 'a typedef before the pointer', undefined],
    ['v_constptr', 'a constant pointer', undefined],
    ['v_nested', 'one in a nested struct', undefined],
    ['v_array', 'an array of them', undefined],
    ['v_int4', 'a member that is not aligned to 8 bytes', EINVAL],
    ['v_both', 'two tags', EINVAL],
    ['v_odd', 'a tag that is not known', EINVAL],
    ['v_int', 'a pointer to an int', EINVAL],
    ['v_fwd', 'a pointer to a struct that is only declared', EINVAL],
    ['v_nine', 'one too many', E2BIG],
    ['v_unknown', 'a struct that the kernel does not have', ENOENT],
    ['v_nodtor_skb', 'a type without a destructor', ENOENT],
  ])('%s: %s', (value, _, expected) => {
    for (const label of ['v5.19', 'v6.1'] as const) expect(kptrsOf(create(label, 'hash', value))).toEqual(expected);
  });
});

test('kernels before v5.19 have no kptrs', () => {
  expect(kptrsOf(create('v5.18', 'hash', 'v_ref'))).toBeUndefined();
});

test.each([
  ['v5.19', -95],
  ['v6.0', -95],
  ['v6.1', undefined],
] as const)('%s returns %s for kptrs in an array with a value for each CPU', (label, errno) => {
  const map = create(label, 'percpu_array', 'v_ref');
  expect('rule' in map ? map.errno : undefined).toBe(errno);
});

test('a map-in-map keeps a template of its inner map, with its kptrs', () => {
  const inner = create('v6.1', 'array', 'v_ref');
  if ('rule' in inner) throw new Error(inner.message);
  const spec = { ...specOf('array_of_maps', 'v_ref'), keyTypeId: 0, valueTypeId: 0, valueSize: 4, btf: undefined };
  const outer = createMap(KERNELS['v6.1'], { ...spec, innerMap: 0 }, [inner]);
  expect(outer).toMatchObject({ hasBtf: false, kptrs: undefined, inner: { hasBtf: true, kptrs: inner.kptrs } });
});

test('what a frozen array that programs only read holds is known', () => {
  const contents = Uint8Array.of(1, 2, 3, 4);
  const RDONLY_PROG = 128;
  const plain = { ...specOf('array', 'v_ref'), keyTypeId: 0, valueTypeId: 0, btf: undefined, valueSize: 4 };
  const rodata = { ...plain, flags: RDONLY_PROG, frozen: true, contents };
  expect(createMap(KERNELS['v6.1'], rodata, [])).toMatchObject({ frozen: true, readOnlyForProgram: true, contents });
  expect(createMap(KERNELS['v6.1'], { ...rodata, flags: 0 }, [])).toMatchObject({ contents: undefined });
});

type Created = ReturnType<typeof createMap>;

function create(label: keyof typeof KERNELS, type: string, value: string): Created {
  return createMap(KERNELS[label], specOf(type, value), []);
}

function specOf(type: string, value: string): MapSpec {
  const valueTypeId = findIdByName(btf, value, 'struct') ?? 0;
  return {
    name: 'm',
    type,
    keySize: 4,
    valueSize: sizeOf(btf, valueTypeId),
    maxEntries: 1,
    flags: 0,
    btf,
    keyTypeId: KEY,
    valueTypeId,
    innerMap: undefined,
    frozen: false,
    contents: undefined,
  };
}

/** The slots in short, or the errno. */
function kptrsOf(map: Created): readonly unknown[] | number | undefined {
  if ('rule' in map) throw new Error(map.message);
  const { kptrs }: BpfMap = map;
  if (kptrs === undefined) return undefined;
  if ('errno' in kptrs) return kptrs.errno;
  return kptrs.slots.map(({ offset, kind, typeName, dtor }) => [offset, kind, typeName, dtor]);
}
