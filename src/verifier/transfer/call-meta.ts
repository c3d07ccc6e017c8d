import type { HelperPrototype } from '../kernel/helpers.ts';
import type { KernelBtf } from '../kernel/kernel.ts';
import type { BpfMap, KptrSlot } from '../maps/bpf-map.ts';
import type { RawMemory } from './stack-range.ts';

/** What the arguments of a helper tell of the call: struct bpf_call_arg_meta. */
export interface CallMeta {
  readonly helper: HelperPrototype;
  map: BpfMap | undefined;
  mapUid: number;
  /** Memory that the helper only fills; size 0: none. */
  readonly raw: RawMemory;
  /** The last memory argument is such memory. */
  isRaw: boolean;
  /** The reference of an argument; 0: none. */
  refId: number;
  /** The register whose reference is released; 0: none. */
  releases: number;
  memSize: number;
  /** The largest size of the last memory argument with one. */
  maxSize: number;
  /** The function that is called back. */
  subprogram: number;
  kptr: KptrSlot | undefined;
  /** The per-CPU variable. */
  btf: KernelBtf | undefined;
  typeId: number;
  /** The register with the address of a dynamic pointer that the helper makes; 0: none. */
  makesDynptr: number;
}

export function createMeta(helper: HelperPrototype): CallMeta {
  return {
    helper,
    map: undefined,
    mapUid: 0,
    raw: { register: 0, size: 0 },
    isRaw: false,
    refId: 0,
    releases: 0,
    memSize: 0,
    maxSize: 0,
    subprogram: 0,
    kptr: undefined,
    btf: undefined,
    typeId: 0,
    makesDynptr: 0,
  };
}
