/** The value types of `maps.btf` that have kptrs a kernel takes: size, and what is at which offset. */
export interface ValueType {
  readonly name: string;
  readonly size: number;
  readonly kptrs: readonly Kptr[];
  /** Offsets where plain bytes are, in eights. */
  readonly plain: readonly number[];
}

export interface Kptr {
  readonly off: number;
  readonly target: 'ref' | 'memb' | 'memb1' | 'skb' | 'task' | 'sock' | 'sock_common' | 'ct';
  readonly referenced: boolean;
}

const ref = (off: number): Kptr => ({ off, target: 'ref', referenced: true });
const unref = (off: number, target: Kptr['target'] = 'ref'): Kptr => ({ off, target, referenced: false });
const memb = (off: number): Kptr => ({ off, target: 'memb', referenced: true });
const row = (count: number, make: (off: number) => Kptr): Kptr[] =>
  Array.from({ length: count }, (_, at) => make(8 * at));

export const VALUE_TYPES: readonly ValueType[] = [
  { name: 'v_ref', size: 8, kptrs: [ref(0)], plain: [] },
  { name: 'v_unref', size: 8, kptrs: [unref(0)], plain: [] },
  { name: 'v_mix', size: 48, kptrs: [unref(8), ref(16), memb(24), unref(32, 'memb')], plain: [0, 40] },
  { name: 'v_two', size: 16, kptrs: [ref(0), ref(8)], plain: [] },
  { name: 'v_memb', size: 24, kptrs: [memb(8), unref(16, 'memb')], plain: [0] },
  { name: 'v_m1', size: 16, kptrs: [unref(0, 'memb1')], plain: [8] },
  { name: 'v_skb', size: 16, kptrs: [unref(8, 'skb')], plain: [0] },
  { name: 'v_task', size: 16, kptrs: [unref(0, 'task')], plain: [8] },
  { name: 'v_sock', size: 24, kptrs: [unref(0, 'sock'), unref(8, 'sock_common')], plain: [16] },
  { name: 'v_lock', size: 16, kptrs: [ref(8)], plain: [] },
  { name: 'v_timer', size: 24, kptrs: [ref(16)], plain: [] },
  { name: 'v_reord', size: 64, kptrs: [unref(0, 'memb'), ref(16), unref(56)], plain: [8, 24, 32, 40, 48] },
  { name: 'v_const', size: 8, kptrs: [ref(0)], plain: [] },
  { name: 'v_typedef', size: 8, kptrs: [ref(0)], plain: [] },
  { name: 'v_eight', size: 64, kptrs: row(8, unref), plain: [] },
  { name: 'v_eight_ref', size: 64, kptrs: row(8, ref), plain: [] },
  { name: 'v_seven', size: 56, kptrs: row(7, ref), plain: [] },
  { name: 'v_nfct', size: 16, kptrs: [unref(0, 'ct')], plain: [8] },
];

/** Value types without usable kptrs, for whatever reason: name and size. */
export const ODD_VALUE_TYPES: readonly (readonly [string, number])[] = [
  ['v_plain', 32],
  ['v_int4', 16],
  ['v_int4_after', 20],
  ['v_char1', 16],
  ['v_lockpad', 16],
  ['v_ptrtypedef', 8],
  ['v_constptr', 16],
  ['v_volptr', 8],
  ['v_nine', 72],
  ['v_nine_ref', 72],
  ['v_ten', 80],
  ['v_eleven', 88],
  ['v_twelve', 96],
  ['v_both', 8],
  ['v_both2', 8],
  ['v_twice', 8],
  ['v_tag_on_ptr', 8],
  ['v_unaligned', 9],
  ['v_unal4', 12],
  ['v_unal_tail', 20],
  ['v_nested', 16],
  ['v_nested0', 16],
  ['v_array', 32],
  ['v_arrmix', 24],
  ['v_union', 8],
  ['v_int', 8],
  ['v_long_ref', 8],
  ['v_void', 8],
  ['v_toenum', 8],
  ['v_tounion', 8],
  ['v_toptr', 8],
  ['v_fwd', 8],
  ['v_fwd_ref', 8],
  ['v_unknown', 8],
  ['v_unknown_ref', 16],
  ['v_nodtor_skb', 8],
  ['v_nodtor_m1', 8],
  ['v_nodtor_task', 8],
  ['v_nodtor_mix', 16],
  ['v_odd', 8],
  ['v_user', 16],
  ['v_odd_mix', 16],
  ['v_untagged', 16],
  ['v_tagint', 8],
  ['v_lock_nine', 80],
];

/** The value types of `maps-v6.12.btf`: name and size. */
export const VALUE_TYPES_V6_12: readonly (readonly [string, number])[] = [
  ['v_plain', 32],
  ['v_task', 32],
  ['v_cg', 32],
  ['v_mask', 32],
  ['v_lock', 24],
  ['v_timer', 24],
];
