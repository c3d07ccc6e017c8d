import type { MapCase, MapOp } from '../../program/map-case.ts';
import { ERRNO } from '../errno.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { btfNotLoaded } from '../rules/map/btf-load.rule.ts';
import { loadRawBtf } from './btf-load.ts';
import { createMap, type BpfMap } from './bpf-map.ts';
import type { LiveMap } from './map-entry.ts';
import {
  deleteFromMap,
  freezeMap,
  hasUnknownLookupFlags,
  lookupMap,
  mmapMap,
  putInnerMap,
  updateMap,
} from './map-operations.ts';
import { explainFailure } from './operation-refusal.ts';
import { refuse, type MapRefusal } from './refusal.ts';

export interface MapCaseJudgement {
  /** 0 or a negative errno for each operation, in order. */
  readonly results: readonly number[];
  /** The operation that failed first, and its errno; undefined if none did. */
  readonly failed: FailedOperation | undefined;
}

export interface FailedOperation {
  /** Position among the operations. */
  readonly op: number;
  /** Negative. */
  readonly errno: number;
  readonly refusal: MapRefusal;
}

/**
 * Operations on maps, one after the other, by a privileged user: what bpf(2) returns for each.
 *
 * File descriptor 0 is taken to be open, and nothing that a map can hold.
 */
export function judgeMapCase(kernel: Kernel, mapCase: MapCase): MapCaseJudgement {
  const maps: (LiveMap | undefined)[] = mapCase.maps.map(() => undefined);
  const results: number[] = [];
  let failed: FailedOperation | undefined;
  for (const [index, op] of mapCase.ops.entries()) {
    const outcome = op.op === 'create' ? create(kernel, mapCase, op.map, maps) : operate(kernel, op, maps);
    const errno = typeof outcome === 'number' ? outcome : outcome.errno;
    results.push(errno);
    if (errno < 0 && failed === undefined) {
      const refusal = typeof outcome === 'number' ? explainFailure(op, mapCase.maps, errno) : outcome;
      failed = { op: index, errno, refusal };
    }
  }
  return { results, failed };
}

function create(
  kernel: Kernel,
  { maps: specs }: MapCase,
  index: number,
  maps: (LiveMap | undefined)[],
): MapRefusal | number {
  const spec = specs[index];
  if (spec === undefined) return -ERRNO.EBADF;
  const loaded = spec.btf === undefined ? 0 : loadRawBtf(kernel, spec.btf);
  if (loaded !== 0) return refuse(btfNotLoaded, { map: spec.name }, loaded);
  const created: readonly (BpfMap | undefined)[] = maps.map((live) => live?.map);
  const map = createMap(kernel, spec, created);
  if ('rule' in map) return map;
  maps[index] = { map: { ...map, index }, frozen: map.frozen, hasElement: false };
  return 0;
}

function operate(kernel: Kernel, { op, map, arg }: MapOp, maps: readonly (LiveMap | undefined)[]): number {
  const live = maps[map];
  if (op === 'lookup' && hasUnknownLookupFlags(arg)) return -ERRNO.EINVAL;
  if (live === undefined) return -ERRNO.EBADF;
  switch (op) {
    case 'freeze':
      return freezeMap(live, kernel.version);
    case 'mmap':
      return mmapMap(live, arg !== 0);
    case 'update':
      return updateMap(live, arg, kernel.version);
    case 'lookup':
      return lookupMap(live, arg);
    case 'delete':
      return deleteFromMap(live);
    case 'put_inner':
      return putInnerMap(live, maps[arg], kernel.version);
    case 'create':
      return -ERRNO.EBADF;
  }
}
