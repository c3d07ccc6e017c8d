import { ERRNO } from '../errno.ts';
import { innerMapNested } from '../rules/map/inner-nested.rule.ts';
import { innerMapSpinLock } from '../rules/map/inner-spin-lock.rule.ts';
import { innerMapType } from '../rules/map/inner-type.rule.ts';
import type { BpfMap } from './bpf-map.ts';
import { areSlotsEqual } from './kptr-slot.ts';
import { MAP_FLAG } from './map-flags.ts';
import type { MapKind } from './map-kinds.ts';
import { refuse, type MapRefusal } from './refusal.ts';

/**
 * bpf_map_meta_alloc(), kernel/bpf/map_in_map.c: the template that a map-in-map keeps of its inner maps.
 *
 * @param outer name of the map-in-map
 * @param kind of the inner map
 * @param mayLock whether this kernel lets inner maps have a spin lock
 */
export function templateOf(
  outer: string,
  inner: BpfMap,
  kind: MapKind | undefined,
  mayLock: boolean,
): BpfMap | MapRefusal {
  if (inner.inner !== undefined) return refuse(innerMapNested, { map: outer });
  if (kind?.inner === undefined) return refuse(innerMapType, { map: outer, type: inner.type });
  if (inner.spinLockOffset !== undefined && !mayLock) return refuse(innerMapSpinLock, { map: outer });
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
    // Up to v6.1 maps that may be inner maps have no spin lock.
    a.spinLockOffset === b.spinLockOffset &&
    areOthersEqual(a, b) &&
    a.flags === b.flags &&
    areSlotsEqual(slotsOf(a), slotsOf(b))
  );
}

function slotsOf({ kptrs }: BpfMap): NonNullable<Extract<BpfMap['kptrs'], { slots: unknown }>>['slots'] {
  return kptrs !== undefined && 'slots' in kptrs ? kptrs.slots : [];
}

/** Lists and trees refer to types of their own BTF, so that this counts too. */
function areOthersEqual(a: BpfMap, b: BpfMap): boolean {
  const [ours, theirs] = [a.fields.others, b.fields.others];
  return (
    ours.length === theirs.length &&
    ours.every(({ kind, offset, nodeTypeId }, index) => {
      const other = theirs[index];
      const isSame = other?.kind === kind && other.offset === offset && other.nodeTypeId === nodeTypeId;
      return isSame && (nodeTypeId === undefined || a.spec.btf === b.spec.btf);
    })
  );
}
