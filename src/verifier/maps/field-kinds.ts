import { isIn, type VersionNumber, type VersionRange } from '../kernel/version.ts';

/** Fields of values, and of a program's own objects, that are more than bytes: enum btf_field_type. */
export type FieldKind =
  | 'spin_lock'
  | 'timer'
  | 'kptr'
  | 'list_head'
  | 'list_node'
  | 'rb_root'
  | 'rb_node'
  | 'refcount'
  | 'workqueue'
  | 'uptr'
  | 'res_spin_lock'
  | 'task_work';

/** A field that is known by the name of its struct. */
export interface NamedField {
  readonly kind: FieldKind;
  readonly struct: string;
  /** Bytes, if the kernel's BTF does not tell. */
  readonly size: number;
  readonly align: number;
  /** More than one in a struct are too many. */
  readonly isUnique: boolean;
}

export const NAMED_FIELDS: readonly NamedField[] = [
  { kind: 'spin_lock', struct: 'bpf_spin_lock', size: 4, align: 4, isUnique: true },
  { kind: 'res_spin_lock', struct: 'bpf_res_spin_lock', size: 8, align: 4, isUnique: true },
  { kind: 'timer', struct: 'bpf_timer', size: 16, align: 8, isUnique: true },
  { kind: 'workqueue', struct: 'bpf_wq', size: 16, align: 8, isUnique: true },
  { kind: 'task_work', struct: 'bpf_task_work', size: 8, align: 8, isUnique: true },
  { kind: 'list_head', struct: 'bpf_list_head', size: 16, align: 8, isUnique: false },
  { kind: 'list_node', struct: 'bpf_list_node', size: 24, align: 8, isUnique: false },
  { kind: 'rb_root', struct: 'bpf_rb_root', size: 16, align: 8, isUnique: false },
  { kind: 'rb_node', struct: 'bpf_rb_node', size: 32, align: 8, isUnique: false },
  { kind: 'refcount', struct: 'bpf_refcount', size: 4, align: 4, isUnique: false },
];

/** The kernels that look for a kind of field in the value of a map: map_check_btf(), kernel/bpf/syscall.c. */
const IN_VALUES: Readonly<Partial<Record<FieldKind, VersionRange>>> = {
  spin_lock: {},
  timer: {},
  kptr: {},
  list_head: {},
  rb_root: { since: 'v6.3' },
  refcount: { since: 'v6.4' },
  workqueue: { since: 'v6.10' },
  uptr: { since: 'v6.13' },
  res_spin_lock: { since: 'v6.15' },
  task_work: { since: 'v6.18' },
};

/** The kernels that look for it in every struct when BTF is loaded: btf_parse_struct_metas(), kernel/bpf/btf.c. */
const IN_STRUCTS: Readonly<Partial<Record<FieldKind, VersionRange>>> = {
  spin_lock: {},
  list_head: {},
  list_node: {},
  rb_root: { since: 'v6.3' },
  rb_node: { since: 'v6.3' },
  refcount: { since: 'v6.4' },
  kptr: { since: 'v6.12' },
  res_spin_lock: { since: 'v6.15' },
};

/** The fields that a kernel looks for in the value of a map; of a kernel that has records of fields. */
export function valueFieldKinds(version: VersionNumber): ReadonlySet<FieldKind> {
  return kindsIn(IN_VALUES, version);
}

/** The fields that it looks for in every struct. */
export function structFieldKinds(version: VersionNumber): ReadonlySet<FieldKind> {
  return kindsIn(IN_STRUCTS, version);
}

function kindsIn(
  ranges: Readonly<Partial<Record<FieldKind, VersionRange>>>,
  version: VersionNumber,
): ReadonlySet<FieldKind> {
  const entries = Object.entries(ranges) as [FieldKind, VersionRange][];
  return new Set(entries.filter(([, range]) => isIn(range, version)).map(([kind]) => kind));
}
