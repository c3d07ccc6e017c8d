import { ERRNO, type ErrnoName } from '../errno.ts';

/** What can be wrong with a map, as ids of rules. */
export type MapRuleId =
  | 'map/unknown-type'
  | 'map/btf-refused'
  | 'map/btf-type-ids'
  | 'map/flags'
  | 'map/key-size'
  | 'map/value-size'
  | 'map/max-entries'
  | 'map/too-big'
  | 'map/out-of-memory'
  | 'map/needs-btf'
  | 'map/inner-map'
  | 'map/btf-size'
  | 'map/btf-key'
  | 'map/btf-not-taken'
  | 'map/spin-lock'
  | 'map/timer'
  | 'map/special-field'
  | 'map/kptr-flags'
  | 'map/kptr-map-type'
  | 'map/not-modelled';

/** Why a map is not created. */
export interface MapRefusal {
  /** Negative. */
  readonly errno: number;
  readonly rule: MapRuleId;
}

export function refuse(rule: MapRuleId, errno: ErrnoName): MapRefusal {
  return { errno: -ERRNO[errno], rule };
}
