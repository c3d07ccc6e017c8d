import type { KptrSlot } from './kptr-slot.ts';

/** The fields of a map's value that are more than bytes. */
export interface ValueFields {
  /** Offset of struct bpf_spin_lock, or a negative errno: -ENOENT where there is none. */
  readonly spinLock: number;
  /** Offset of struct bpf_timer, or a negative errno: -ENOENT where there is none. */
  readonly timer: number;
  /** Undefined if there are none. */
  readonly kptrs: Kptrs | undefined;
}

/** What was found, in order of offset, or why (a negative errno) what is there does not count. */
export type Kptrs = { readonly slots: readonly KptrSlot[] } | { readonly errno: number };

/** Of a map without BTF: what the fields are before anything is searched. */
export function noFields(errno: number): ValueFields {
  return { spinLock: errno, timer: errno, kptrs: undefined };
}
