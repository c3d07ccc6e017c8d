/** Parts of opcodes (include/uapi/linux/bpf.h), by the names that assemblers use. */
export const ALU = {
  add: 0x00,
  sub: 0x10,
  mul: 0x20,
  div: 0x30,
  or: 0x40,
  and: 0x50,
  lsh: 0x60,
  rsh: 0x70,
  neg: 0x80,
  mod: 0x90,
  xor: 0xa0,
  mov: 0xb0,
  arsh: 0xc0,
  end: 0xd0,
} as const;
export type AluName = keyof typeof ALU;

export const JUMP = {
  ja: 0x00,
  eq: 0x10,
  gt: 0x20,
  ge: 0x30,
  set: 0x40,
  ne: 0x50,
  sgt: 0x60,
  sge: 0x70,
  lt: 0xa0,
  le: 0xb0,
  slt: 0xc0,
  sle: 0xd0,
} as const;
export type JumpName = keyof typeof JUMP;

export const CALL = 0x85;
export const EXIT = 0x95;
export const LD_IMM64 = 0x18;
export const LD_ABS = 0x20;
export const LD_IND = 0x40;
export const CLASS = { ld: 0, ldx: 1, st: 2, stx: 3, alu: 4, jmp: 5, jmp32: 6, alu64: 7 } as const;
export const BY_REGISTER = 0x08;
export const MEM = 0x60;
export const ATOMIC = 0xc0;
export type Bytes = 1 | 2 | 4 | 8;
export const SIZE: Readonly<Record<Bytes, number>> = { 4: 0x00, 2: 0x08, 1: 0x10, 8: 0x18 };

/** src_reg of a call or of a BPF_LD_IMM64. */
export const PSEUDO = { mapFd: 1, mapValue: 2, func: 4, call: 1, kfunc: 2 } as const;

export const HELPER = {
  map_lookup_elem: 1,
  map_update_elem: 2,
  map_delete_elem: 3,
  probe_read: 4,
  ktime_get_ns: 5,
  trace_printk: 6,
  get_prandom_u32: 7,
  get_smp_processor_id: 8,
  skb_store_bytes: 9,
  l3_csum_replace: 10,
  tail_call: 12,
  clone_redirect: 13,
  get_current_pid_tgid: 14,
  get_current_comm: 16,
  skb_vlan_push: 18,
  redirect: 23,
  perf_event_output: 25,
  skb_load_bytes: 26,
  csum_diff: 28,
  skb_change_tail: 38,
  probe_read_str: 45,
  xdp_adjust_head: 44,
  redirect_map: 51,
  sk_redirect_map: 52,
  skb_pull_data: 39,
  fib_lookup: 69,
  sk_lookup_tcp: 84,
  sk_lookup_udp: 85,
  sk_release: 86,
  map_push_elem: 87,
  map_pop_elem: 88,
  map_peek_elem: 89,
  spin_lock: 93,
  spin_unlock: 94,
  sk_fullsock: 95,
  tcp_sock: 96,
  get_listener_sock: 98,
  skc_lookup_tcp: 99,
  strtol: 105,
  sk_storage_get: 107,
  probe_read_user: 112,
  probe_read_kernel: 113,
  ringbuf_output: 130,
  ringbuf_reserve: 131,
  ringbuf_submit: 132,
  ringbuf_discard: 133,
  ringbuf_query: 134,
  skc_to_tcp_sock: 137,
  get_current_task_btf: 158,
  for_each_map_elem: 164,
  snprintf: 165,
  timer_init: 169,
  timer_set_callback: 170,
  timer_start: 171,
  loop: 181,
  strncmp: 182,
  kptr_xchg: 194,
  map_lookup_percpu_elem: 195,
  dynptr_from_mem: 197,
  ringbuf_reserve_dynptr: 198,
  ringbuf_submit_dynptr: 199,
  ringbuf_discard_dynptr: 200,
  dynptr_read: 201,
  dynptr_write: 202,
  dynptr_data: 203,
} as const;
export type HelperName = keyof typeof HELPER;
