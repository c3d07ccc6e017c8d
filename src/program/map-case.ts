import type { Btf } from '../btf/btf.ts';
import type { MapSpec } from './program.ts';

/** Operations on maps, without a program. Rejected if one of them fails. */
export interface MapCase {
  readonly id: string;
  /** In the order of creation; nothing is created but by an operation. */
  readonly maps: readonly MapSpec[];
  /** The BTF of the maps' value types; the kernel may refuse it as a whole. */
  readonly btf: Btf | undefined;
  readonly ops: readonly MapOp[];
}

export interface MapOp {
  readonly op: MapOpName;
  /** Position in `maps`. */
  readonly map: number;
  /** Of `mmap` 1 for a writable mapping, of `update` the flags, of `put_inner` the position of the inner map. */
  readonly arg: number;
}

export type MapOpName = 'create' | 'freeze' | 'mmap' | 'update' | 'lookup' | 'delete' | 'put_inner';
