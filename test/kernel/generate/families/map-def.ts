import type { Body, MapDefinition, MapOperation } from '../case.ts';
import type { Choices } from '../choices.ts';
import { Draft } from '../draft.ts';
import type { Place } from '../draft.ts';
import { begin, ifThere, lookup } from '../pieces.ts';
import { acquire, heldWhile } from '../references.ts';
import { ODD_VALUE_TYPES, VALUE_TYPES } from '../value-types.ts';
import type { Family } from './family.ts';

const SIZES = new Map<string, number>([
  ...VALUE_TYPES.map(({ name, size }) => [name, size] as const),
  ...ODD_VALUE_TYPES,
]);
const GOOD_TYPES = VALUE_TYPES.map(({ name }) => name);
const ODD_TYPES = ODD_VALUE_TYPES.map(([name]) => name);
const KINDS = ['array', 'array', 'hash', 'hash', 'lru_hash'];
const ODD_KINDS = [
  'percpu_array',
  'percpu_hash',
  'lru_percpu_hash',
  'queue',
  'stack',
  'lpm_trie',
  'sk_storage',
  'task_storage',
  'inode_storage',
  'cgroup_storage',
  'bloom_filter',
  'ringbuf',
  'prog_array',
  'sockmap',
  'sockhash',
  'array_of_maps',
  'devmap',
  'perf_event_array',
  'stack_trace',
];

/** Which maps hold kptrs, which cannot be made, and what else they can do then. */
export const mapDef: Family = {
  name: 'map-def',
  weight: 14,
  make: (choices) =>
    choices.pick('form', ['operations', 'program', 'program']) === 'program' ? program(choices) : operations(choices),
};

const FLAGS = [0x80, 0x100, 0x180, 0x10, 0x1000, 0x400, 0x2, 0x40, 0x200, 0x800, 0x8, 0x1, 0x4];

function define(choices: Choices, name: string, kind: string, valueType: string): MapDefinition {
  const base = {
    name,
    type: kind,
    key_size: 4,
    value_size: SIZES.get(valueType) ?? 8,
    max_entries: kind === 'array' ? 1 : 4,
  };
  const fit = {
    ...base,
    ...(['queue', 'stack', 'bloom_filter'].includes(kind) && { key_size: 0 }),
    ...(kind === 'lpm_trie' && { key_size: 8 }),
    ...(kind.endsWith('_storage') && kind !== 'cgroup_storage' && { max_entries: 0 }),
    ...(kind === 'cgroup_storage' && { key_size: 8, max_entries: 0 }),
    ...(kind === 'ringbuf' && { key_size: 0, value_size: 0, max_entries: 4096 }),
  };
  const needed = kind === 'lpm_trie' || kind.endsWith('_storage') ? 1 : 0;
  return {
    ...fit,
    key_size: choices.pick('ks', [fit.key_size], [8, 0, 16, 2]),
    value_size: choices.pick('vs', [fit.value_size], [fit.value_size + 8, 8, fit.value_size - 4, 0]),
    max_entries: choices.pick('me', [fit.max_entries], [0, 16]),
    map_flags: needed | choices.pick('fl', kind === 'hash' ? [0, 0, 1] : [0], FLAGS),
    value_type: choices.chance('untyped', 3) ? null : valueType,
  };
}

function operations(choices: Choices): Body {
  const kind = choices.pick('mt', KINDS, [...KINDS, ...ODD_KINDS]);
  const valueType = choices.pick('vt', GOOD_TYPES, choices.chance('vt-odd', 70) ? ODD_TYPES : GOOD_TYPES);
  const map = define(choices, 'm', kind, valueType);
  const on = (op: MapOperation['op'], arg?: number): MapOperation => ({
    op,
    map: 0,
    ...(arg !== undefined && { arg }),
  });
  const follow: readonly (readonly MapOperation[])[] = [
    [],
    [],
    [on('lookup')],
    [on('update', 0)],
    [on('update', 0), on('lookup')],
    [on('update', 0), on('delete')],
    [on('freeze')],
    [on('lookup'), on('update', 0), on('update', 0), on('lookup')],
  ];
  const odd: readonly (readonly MapOperation[])[] = [
    [on('mmap', 1)],
    [on('mmap', 0)],
    [on('freeze'), on('update', 0)],
    [on('freeze'), on('lookup')],
    [on('freeze'), on('mmap', 1)],
    [on('update', 4)],
    [on('update', 1), on('update', 1)],
    [on('update', 2)],
    [on('update', 3)],
    [on('delete')],
    [on('freeze'), on('freeze')],
    [on('create')],
  ];
  const shape = choices.pick('shape', ['one', 'one', 'one', 'inner']);
  if (shape === 'one') {
    const ops = [on('create'), ...choices.pick('op', follow, odd)];
    return { kind: 'map', maps: [map], ops, btf: 'maps' };
  }
  const outer: MapDefinition = {
    name: 'outer',
    type: choices.pick('outer', ['array_of_maps', 'hash_of_maps']),
    key_size: 4,
    value_size: 4,
    max_entries: choices.pick('outer-entries', [1, 4]),
    map_flags: 0,
    value_type: null,
    inner_map: 0,
  };
  const inner = { ...map, ...inside(choices, map) };
  const ops: MapOperation[] = [on('create'), { op: 'create', map: 1 }];
  if (choices.chance('put', 70))
    ops.push({ op: 'create', map: 2 }, { op: 'put_inner', map: 1, arg: choices.pick('put-arg', [2, 0]) });
  return { kind: 'map', maps: [map, outer, { ...inner, name: 'inner' }], ops, btf: 'maps' };
}

/** How the map that is put in differs from the template. */
function inside(choices: Choices, map: MapDefinition): Partial<MapDefinition> {
  const type = choices.pick('ichk-type', GOOD_TYPES);
  return choices.pick<Partial<MapDefinition>>(
    'ichk',
    [{}],
    [
      { value_type: type, value_size: SIZES.get(type) ?? 8 },
      { value_type: null },
      { type: 'array', max_entries: 1 },
      { max_entries: 16 },
      { value_size: map.value_size + 8, value_type: null },
      { map_flags: 1 },
      { type: 'lru_hash' },
    ],
  );
}

const USES = [
  'load',
  'store-zero',
  'xchg',
  'store',
  'load-half',
  'write',
  'helper',
  'get',
  'lookup-only',
  'load-checked',
] as const;

function program(choices: Choices): Body {
  const draft = new Draft(choices);
  begin(draft);
  const kind = choices.pick('mt', KINDS, [
    ...KINDS,
    'percpu_array',
    'percpu_hash',
    'lpm_trie',
    'queue',
    'sk_storage',
    'lru_percpu_hash',
  ]);
  const valueType = choices.pick('vt', GOOD_TYPES, ODD_TYPES);
  const map = draft.addMap(define(choices, 'm0', kind, valueType));
  const kptrs = VALUE_TYPES.find(({ name }) => name === valueType)?.kptrs ?? [];
  const kptr = choices.pick('kptr', kptrs.length > 0 ? kptrs : [{ off: 0, target: 'ref' as const, referenced: true }]);
  const storable = kptr.target === 'ref' || kptr.target === 'memb' || kptr.target === 'memb1';
  const natural = kptr.referenced
    ? (['load', 'xchg', 'load-checked'] as const)
    : storable
      ? (['load', 'store-zero', 'store', 'load-checked'] as const)
      : (['load', 'store-zero', 'load-checked'] as const);
  const through = choices.pick('through', ['direct', 'direct', 'direct', 'inner']);
  if (through === 'inner') {
    const outer = draft.addMap({
      type: choices.pick('outer', ['array_of_maps', 'hash_of_maps']),
      key_size: 4,
      value_size: 4,
      max_entries: 1,
      map_flags: 0,
      value_type: null,
      inner_map: map,
    });
    lookup(draft, outer);
    ifThere(draft, (inner) => {
      const key = draft.stack(8);
      draft.storeImm(4, 10, key, 0);
      draft.get(1, inner);
      draft.address(2, key);
      draft.helper('map_lookup_elem');
      ifThere(draft, (value) =>
        useValue(
          draft,
          value,
          kptr.off,
          kptr.target.startsWith('memb') ? 'memb' : 'test',
          choices.pick('use', natural, USES),
        ),
      );
    });
  } else {
    lookup(draft, map);
    ifThere(draft, (value) =>
      useValue(
        draft,
        value,
        kptr.off,
        kptr.target.startsWith('memb') ? 'memb' : 'test',
        choices.pick('use', natural, USES),
      ),
    );
  }
  return draft.finish();
}

function useValue(draft: Draft, value: Place, off: number, kind: 'memb' | 'test', use: (typeof USES)[number]): void {
  switch (use) {
    case 'load': {
      draft.load(8, 3, draft.at(value, 1), off);
      return;
    }
    case 'load-half': {
      draft.load(draft.choices.pick('half', [4, 2, 1]), 3, draft.at(value, 1), off);
      return;
    }
    case 'load-checked':
      draft.load(8, 0, draft.at(value, 1), off);
      {
        ifThere(draft, (loaded) => draft.load(4, 2, draft.at(loaded, 1), 0));
        return;
      }
    case 'store-zero': {
      draft.storeImm(8, draft.at(value, 1), off, 0);
      return;
    }
    case 'write': {
      draft.storeImm(8, draft.at(value, 1), off, 1);
      return;
    }
    case 'store':
      acquire(draft, kind);
      {
        heldWhile(draft, kind, (reference) => {
          draft.get(3, reference.place);
          draft.store(8, draft.at(value, 1), off, 3);
          return 'held';
        });
        return;
      }
    case 'xchg':
      draft.get(1, value);
      if (off !== 0) draft.alu('add', 1, off);
      draft.set(2, 0);
      draft.helper('kptr_xchg');
      {
        heldWhile(draft, kind, () => 'held');
        return;
      }
    case 'get':
      draft.get(1, value);
      if (off !== 0) draft.alu('add', 1, off);
      draft.set(2, 0);
      draft.set(3, 0);
      draft.kfunc('bpf_kfunc_call_test_kptr_get');
      {
        heldWhile(draft, 'test', () => 'held');
        return;
      }
    case 'helper':
      draft.get(1, value);
      acquire(draft, 'test');
      draft.get(1, value);
      {
        heldWhile(draft, 'test', () => 'held');
        return;
      }
    default:
  }
}
