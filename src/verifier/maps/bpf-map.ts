import type { MapSpec } from '../../program/program.ts';
import { ERRNO } from '../errno.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { accessFlagsExclude } from '../rules/map/access-flags.rule.ts';
import { innerMapMissing } from '../rules/map/inner-missing.rule.ts';
import { keyTypeAlone } from '../rules/map/key-type-alone.rule.ts';
import { unknownMapType } from '../rules/map/unknown-type.rule.ts';
import { NotModelled } from '../rules/rule.ts';
import { loadBtf } from './btf-load.ts';
import { btfNotLoaded } from '../rules/map/btf-load.rule.ts';
import { checkMapBtf } from './check-btf.ts';
import { mapsBehave } from './map-behaviours.ts';
import { hasFlags, MAP_FLAG } from './map-flags.ts';
import { templateOf } from './map-in-map.ts';
import { mapKind } from './map-kinds.ts';
import { isMapType } from './map-types.ts';
import { refuse, type MapRefusal } from './refusal.ts';
import { noFields, type Kptrs, type ValueFields } from './value-fields.ts';

export type { KptrSlot } from './kptr-slot.ts';

/** A map as programs see it: struct bpf_map. */
export interface BpfMap {
  readonly spec: MapSpec;
  /** Position among the program's maps. */
  readonly index: number;
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  /** As the kernel keeps them: without BPF_F_RDONLY and BPF_F_WRONLY, which are the file descriptor's. */
  readonly flags: number;
  /** Undefined if there are none, or no BTF. */
  readonly kptrs: Kptrs | undefined;
  readonly spinLockOffset: number | undefined;
  readonly timerOffset: number | undefined;
  /** The same with the errno where something is not there. */
  readonly fields: ValueFields;
  readonly hasBtf: boolean;
  /** inner_map_meta of a map-in-map. */
  readonly inner: BpfMap | undefined;
  readonly frozen: boolean;
  readonly readOnlyForProgram: boolean;
  readonly writeOnlyForProgram: boolean;
  /** What the value of a frozen array that programs only read holds; undefined if that is not known. */
  readonly contents: Uint8Array | undefined;
}

const IN_MAPS = new Set(['array_of_maps', 'hash_of_maps']);
const DEVMAPS = new Set(['devmap', 'devmap_hash']);

/**
 * BPF_MAP_CREATE: map_create(), kernel/bpf/syscall.c, by a privileged user.
 *
 * @throws NotModelled for types that are not modelled
 * @param created the maps before it, by position; undefined for those that were not created
 */
export function createMap(
  kernel: Kernel,
  spec: MapSpec,
  created: readonly (BpfMap | undefined)[],
): BpfMap | MapRefusal {
  const loaded = spec.btf === undefined ? 0 : loadBtf(kernel, spec.btf);
  if (loaded !== 0) return refuse(btfNotLoaded, { map: spec.name }, loaded);
  if (spec.keyTypeId !== 0 && spec.valueTypeId === 0) return refuse(keyTypeAlone, { map: spec.name });
  if (hasFlags(spec.flags, MAP_FLAG.RDONLY | MAP_FLAG.WRONLY)) {
    return refuse(accessFlagsExclude, { map: spec.name, first: 'BPF_F_RDONLY', second: 'BPF_F_WRONLY' });
  }
  if (!isMapType(spec.type, kernel.version)) {
    return refuse(unknownMapType, { map: spec.name, type: spec.type });
  }
  const kind = mapKind(spec.type);
  if (kind === undefined) throw new NotModelled(`maps of type ${spec.type}`);
  const shape = kind.alloc(spec, kernel.version);
  if (shape !== undefined) return shape;
  const inner = IN_MAPS.has(spec.type) ? findTemplate(kernel, spec, created) : undefined;
  if (inner !== undefined && 'rule' in inner) return inner;
  const flags = keptFlags(spec);
  const btf = spec.keyTypeId !== 0 || spec.valueTypeId !== 0 ? spec.btf : undefined;
  const fields = btf === undefined ? noFields(-ERRNO.EINVAL) : checkMapBtf(kernel, kind, { ...spec, btf }, flags);
  if ('rule' in fields) return fields;
  return describe(spec, created.length, { flags, fields, hasBtf: btf !== undefined, inner });
}

function findTemplate(kernel: Kernel, spec: MapSpec, created: readonly (BpfMap | undefined)[]): BpfMap | MapRefusal {
  // Without one the file descriptor is 0, which is no map; that of a map that was not created is negative.
  if (spec.innerMap === undefined) return refuse(innerMapMissing, { map: spec.name, type: spec.type });
  const inner = created[spec.innerMap];
  if (inner === undefined) return refuse(innerMapMissing, { map: spec.name, type: spec.type }, -ERRNO.EBADF);
  return templateOf(
    spec.name,
    inner,
    isMapType(inner.type, kernel.version) ? mapKind(inner.type) : undefined,
    mapsBehave(kernel.version, 'innerSpinLocks'),
  );
}

/** bpf_map_flags_retain_permanent(), and what devmaps add. */
function keptFlags({ type, flags }: MapSpec): number {
  const kept = flags & ~(MAP_FLAG.RDONLY | MAP_FLAG.WRONLY);
  return DEVMAPS.has(type) ? kept | MAP_FLAG.RDONLY_PROG : kept;
}

function describe(
  spec: MapSpec,
  index: number,
  { flags, fields, hasBtf, inner }: Pick<BpfMap, 'flags' | 'fields' | 'hasBtf' | 'inner'>,
): BpfMap {
  const readOnlyForProgram = (flags & MAP_FLAG.RDONLY_PROG) !== 0;
  const isConstant = spec.frozen && readOnlyForProgram && spec.type === 'array' && spec.maxEntries === 1;
  return {
    spec,
    index,
    type: spec.type,
    keySize: spec.keySize,
    valueSize: spec.valueSize,
    maxEntries: spec.maxEntries,
    flags,
    kptrs: fields.kptrs,
    spinLockOffset: fields.spinLock >= 0 ? fields.spinLock : undefined,
    timerOffset: fields.timer >= 0 ? fields.timer : undefined,
    fields,
    hasBtf,
    inner,
    frozen: spec.frozen,
    readOnlyForProgram,
    writeOnlyForProgram: (flags & MAP_FLAG.WRONLY_PROG) !== 0,
    contents: isConstant ? (spec.contents ?? new Uint8Array(spec.valueSize)) : undefined,
  };
}
