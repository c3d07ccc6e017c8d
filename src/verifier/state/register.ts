import type { Scalar } from '../scalar/scalar.ts';
import { UNKNOWN, ZERO } from '../scalar/scalar.ts';
import type { KernelBtf } from '../kernel/kernel.ts';
import type { BpfMap } from '../maps/bpf-map.ts';

/** What a register holds, without the flags: enum bpf_reg_type, include/linux/bpf.h, in the kernel's words. */
export type RegisterType =
  | 'not_init'
  | 'scalar'
  | 'ctx'
  | 'map_ptr'
  | 'map_value'
  | 'map_key'
  | 'stack'
  | 'packet_meta'
  | 'packet'
  | 'packet_end'
  | 'flow_keys'
  | 'socket'
  | 'sock_common'
  | 'tcp_sock'
  | 'tp_buffer'
  | 'xdp_sock'
  | 'btf'
  | 'mem'
  | 'buf'
  | 'func'
  | 'dynptr';

/** enum bpf_type_flag: what is known of a pointer besides what it points to. */
export const FLAG = {
  /** May be NULL. */
  maybeNull: 1,
  /** Memory that may not be written. */
  readOnly: 2,
  /** Memory out of a ring buffer, which goes back to it. */
  allocated: 4,
  /** Of user space. */
  user: 8,
  /** An object a CPU. */
  perCpu: 16,
  /** May point to an object that is gone: may be read, and passed to nothing. */
  untrusted: 32,
  /** Is what it says, for as long as the program runs: the kernel gave it so (PTR_TRUSTED). */
  trusted: 64,
  /** Protected by RCU alone: good until the read section ends (MEM_RCU). */
  rcu: 128,
  /** An object of the program's own (MEM_ALLOC). */
  own: 256,
} as const;

/** In the id of a scalar: it is another scalar of that id plus the constant in `off` (BPF_ADD_CONST). */
export const PLUS_CONSTANT = 1 << 30;

/** Ranges of packet pointers that say where they are, not how far they reach: AT_PKT_END, BEYOND_PKT_END. */
export const PACKET_RANGE = { atEnd: -1, beyondEnd: -2 } as const;

/**
 * A register, or a register spilled to the stack: struct bpf_reg_state. Never changed, so states share them; all have
 * the same shape, which makes them fast.
 */
export interface Register {
  readonly type: RegisterType;
  /** Bits of FLAG. */
  readonly flags: number;
  /** Of pointers: the constant part of the offset. */
  readonly off: number;
  /** Of scalars the value; of pointers the variable part of the offset. */
  readonly scalar: Scalar;
  /** Registers with the same id are equal, or have the same origin; 0: none. */
  readonly id: number;
  /** The reference that a pointer holds; 0: none. */
  readonly refId: number;
  /** map_ptr, map_value, map_key. */
  readonly map: BpfMap | undefined;
  /** Of maps that were looked up in another map: which look-up. */
  readonly mapUid: number;
  /** btf: where its type is; else undefined. */
  readonly btf: KernelBtf | undefined;
  /** btf: the type. */
  readonly typeId: number;
  /** packet pointers: bytes known to be there, or one of PACKET_RANGE. */
  readonly range: number;
  /** mem: bytes. */
  readonly memSize: number;
  /** func: the subprogram. */
  readonly subprogram: number;
  /** stack: the frame. */
  readonly frame: number;
  /** Of scalars: pruning has to compare the value. */
  readonly precise: boolean;
}

const BLANK: Register = {
  type: 'not_init',
  flags: 0,
  off: 0,
  scalar: UNKNOWN,
  id: 0,
  refId: 0,
  map: undefined,
  mapUid: 0,
  btf: undefined,
  typeId: 0,
  range: 0,
  memSize: 0,
  subprogram: 0,
  frame: 0,
  precise: false,
};

/** Nothing was written to it. */
export const NOT_INIT: Register = BLANK;
/** A scalar of which nothing is known. */
export const UNKNOWN_REGISTER: Register = { ...BLANK, type: 'scalar' };
/** The same, to be compared when states are. */
export const UNKNOWN_PRECISE: Register = { ...BLANK, type: 'scalar', precise: true };

/** A scalar with that value. */
export function scalarRegister(scalar: Scalar, id = 0, precise = false): Register {
  return {
    type: 'scalar',
    flags: 0,
    off: 0,
    scalar,
    id,
    refId: 0,
    map: undefined,
    mapUid: 0,
    btf: undefined,
    typeId: 0,
    range: 0,
    memSize: 0,
    subprogram: 0,
    frame: 0,
    precise,
  };
}

/** A pointer without offset. */
export function pointer(type: RegisterType, parts: Partial<Register> = {}): Register {
  return { ...BLANK, scalar: ZERO, ...parts, type };
}

export function mayBeNull(register: Register): boolean {
  return (register.flags & FLAG.maybeNull) !== 0;
}

/** register_is_null(): the constant 0. */
export function isNull(register: Register): boolean {
  const { scalar } = register;
  return (
    register.type === 'scalar' &&
    scalar.maskLo === 0 &&
    scalar.maskHi === 0 &&
    scalar.valueLo === 0 &&
    scalar.valueHi === 0
  );
}

/** reg_is_pkt_pointer(). */
export function isPacketPointer(register: Register): boolean {
  return register.type === 'packet' || register.type === 'packet_meta';
}

/** reg_is_pkt_pointer_any(): the end of the packet as well. */
export function isPacketPointerOrEnd(register: Register): boolean {
  return isPacketPointer(register) || register.type === 'packet_end';
}

/** type_is_sk_pointer(). */
export function isSocketPointer(register: Register): boolean {
  const { type, flags } = register;
  return flags === 0 && (type === 'socket' || type === 'sock_common' || type === 'tcp_sock' || type === 'xdp_sock');
}
