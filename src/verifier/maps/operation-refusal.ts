import type { MapOp } from '../../program/map-case.ts';
import type { MapSpec } from '../../program/program.ts';
import { mapNotFrozen } from '../rules/map/freeze.rule.ts';
import { innerMapMismatch } from '../rules/map/inner-mismatch.rule.ts';
import { mapNotMapped } from '../rules/map/mmap.rule.ts';
import { operationFails } from '../rules/map/operation.rule.ts';
import { negative } from '../rules/rule.ts';
import { refuse, type MapRefusal } from './refusal.ts';

const NAMES = {
  create: 'BPF_MAP_CREATE',
  freeze: 'BPF_MAP_FREEZE',
  mmap: 'mmap()',
  update: 'BPF_MAP_UPDATE_ELEM',
  lookup: 'BPF_MAP_LOOKUP_ELEM',
  delete: 'BPF_MAP_DELETE_ELEM',
  put_inner: 'BPF_MAP_UPDATE_ELEM',
} as const;

/**
 * Why an operation on a map that exists fails.
 *
 * @param errno negative
 */
export function explainFailure({ op, map, arg }: MapOp, specs: readonly MapSpec[], errno: number): MapRefusal {
  const name = specs[map]?.name ?? '';
  if (op === 'freeze') return refuse(mapNotFrozen, { map: name }, errno);
  if (op === 'mmap') return refuse(mapNotMapped, { map: name }, errno);
  if (op === 'put_inner' && errno === negative('EINVAL')) {
    return refuse(innerMapMismatch, { map: name, inner: specs[arg]?.name ?? '' }, errno);
  }
  return refuse(operationFails, { operation: NAMES[op], map: name, type: specs[map]?.type ?? '' }, errno);
}
