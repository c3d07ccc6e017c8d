import { expect, test } from 'vitest';
import { findIdByName } from '../../../src/btf/find.ts';
import type { MapSpec } from '../../../src/program/program.ts';
import { createMap } from '../../../src/verifier/maps/bpf-map.ts';
import { slotLifetimes } from '../../../src/verifier/maps/slot-lifetime.ts';
import { KERNELS } from './kernels.ts';
import { CORPUS, openFile } from './map-case-file.ts';

const btf = openFile(new URL('btf/maps.btf', CORPUS));

test.each([
  ['array', 'v_mix', ['update', 'locked-update', 'map-freed']],
  ['hash', 'v_mix', ['update', 'delete', 'lookup-and-delete', 'map-freed']],
  ['lru_hash', 'v_mix', ['update', 'delete', 'lookup-and-delete', 'eviction', 'map-freed']],
])('in a map of type %s the objects of its referenced kptrs are destroyed at some events', (type, value, events) => {
  const lifetimes = lifetimesIn(type, value);
  expect(lifetimes.map(({ dtor }) => dtor)).toEqual(['bpf_kfunc_call_test_release', 'bpf_kfunc_call_memb_release']);
  for (const { effects, dtorSeesNull } of lifetimes) {
    const destroyed = effects.filter(({ effect }) => effect === 'destroyed').map(({ event }) => event);
    expect(destroyed).toEqual(events);
    expect(dtorSeesNull).toBe(true);
  }
});

test('a map whose kptrs do not count has no lifetimes', () => {
  expect(lifetimesIn('hash', 'v_nodtor_mix')).toEqual([]);
  expect(lifetimesIn('hash', 'v_plain')).toEqual([]);
});

function lifetimesIn(type: string, value: string): ReturnType<typeof slotLifetimes> {
  const valueTypeId = findIdByName(btf, value, 'struct') ?? 0;
  const valueSize = { v_mix: 48, v_nodtor_mix: 16, v_plain: 32 }[value] ?? 0;
  const keyTypeId = findIdByName(btf, 'int', 'int') ?? 0;
  const spec: MapSpec = {
    ...{ name: 'm', type, keySize: 4, valueSize, maxEntries: 1, flags: 0, btf, keyTypeId, valueTypeId },
    ...{ innerMap: undefined, frozen: false, contents: undefined },
  };
  const map = createMap(KERNELS['v6.1'], spec, []);
  if ('rule' in map) throw new Error(map.message);
  return slotLifetimes(KERNELS['v6.1'], map);
}
