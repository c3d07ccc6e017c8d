import type { FieldRecord, RecordField } from './field-record.ts';
import type { KptrSlot } from './kptr-slot.ts';
import { ERRNO } from '../errno.ts';

/** The fields of a map's value that are more than bytes. */
export interface ValueFields {
  /** Offset of struct bpf_spin_lock, or a negative errno where there is none. */
  readonly spinLock: number;
  /** Offset of struct bpf_timer, or a negative errno where there is none. */
  readonly timer: number;
  /** Undefined if there are none. */
  readonly kptrs: Kptrs | undefined;
  /** Work queues, lists, trees and the like, which late kernels have. */
  readonly others: readonly RecordField[];
}

/** What was found, in order of offset, or why (a negative errno) what is there does not count. */
export type Kptrs = { readonly slots: readonly KptrSlot[] } | { readonly errno: number };

/** Of a map without BTF: what the fields are before anything is searched. */
export function noFields(errno: number): ValueFields {
  return { spinLock: errno, timer: errno, kptrs: undefined, others: [] };
}

/** The fields of a record; of one that is at fault there are none. */
export function fieldsOf(record: FieldRecord): ValueFields {
  if (record === undefined) return noFields(-ERRNO.EINVAL);
  if ('errno' in record) return { ...noFields(-ERRNO.EINVAL), kptrs: { errno: record.errno } };
  const { fields } = record;
  const offsetOf = (kind: string): number => fields.find((field) => field.kind === kind)?.offset ?? -ERRNO.EINVAL;
  const slots = fields.map(({ slot }) => slot).filter((slot) => slot !== undefined);
  return {
    spinLock: offsetOf('spin_lock'),
    timer: offsetOf('timer'),
    kptrs: slots.length === 0 ? undefined : { slots },
    others: fields.filter(({ kind, slot }) => slot === undefined && kind !== 'spin_lock' && kind !== 'timer'),
  };
}
