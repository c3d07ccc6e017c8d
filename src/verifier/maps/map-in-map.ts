import { ERRNO } from '../errno.ts';
import type { BpfMap } from './bpf-map.ts';
import { areSlotsEqual } from './kptr-slot.ts';
import { MAP_FLAG } from './map-flags.ts';
import type { MapKind } from './map-kinds.ts';
import { refuse, type MapRefusal } from './refusal.ts';

/**
 * bpf_map_meta_alloc(), kernel/bpf/map_in_map.c: the template that a map-in-map keeps of its inner maps.
 *
 * @param kind of the inner map; undefined if there is no inner map
 */
export function templateOf(inner: BpfMap | undefined, kind: MapKind | undefined): BpfMap | MapRefusal {
  if (inner === undefined) return refuse('map/inner-map', 'EBADF');
  if (inner.inner !== undefined) return refuse('map/inner-map', 'EINVAL');
  if (kind?.inner === undefined) return refuse('map/inner-map', 'ENOTSUPP');
  if (inner.spinLockOffset !== undefined) return refuse('map/inner-map', 'ENOTSUPP');
  const hasSlots = inner.kptrs !== undefined && 'slots' in inner.kptrs;
  return { ...inner, frozen: false, contents: undefined, kptrs: hasSlots ? inner.kptrs : { errno: -ERRNO.ENOENT } };
}

/** Whether a map may be stored where the template asks for one: map_meta_equal of the template's type. */
export function fitsTemplate(template: BpfMap, map: BpfMap, kind: MapKind): boolean {
  if (!isMetaEqual(template, map)) return false;
  if (kind.inner !== 'equal-with-entries') return true;
  const anyEntries = template.type === 'array' && (template.flags & MAP_FLAG.INNER_MAP) !== 0;
  return anyEntries || template.maxEntries === map.maxEntries;
}

/** bpf_map_meta_equal(), kernel/bpf/map_in_map.c. */
function isMetaEqual(a: BpfMap, b: BpfMap): boolean {
  return (
    a.type === b.type &&
    a.keySize === b.keySize &&
    a.valueSize === b.valueSize &&
    a.fields.timer === b.fields.timer &&
    a.flags === b.flags &&
    areSlotsEqual(slotsOf(a), slotsOf(b))
  );
}

function slotsOf({ kptrs }: BpfMap): NonNullable<Extract<BpfMap['kptrs'], { slots: unknown }>>['slots'] {
  return kptrs !== undefined && 'slots' in kptrs ? kptrs.slots : [];
}
