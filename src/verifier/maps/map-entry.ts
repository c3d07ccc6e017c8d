import type { BpfMap } from './bpf-map.ts';

/** A map that exists, as far as operations from user space change what the next of them returns. */
export interface LiveMap {
  readonly map: BpfMap;
  frozen: boolean;
  /** Whether there is an element of the key that is all zeros. Of arrays: whether something was put there. */
  hasElement: boolean;
}
