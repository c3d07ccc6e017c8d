import type { KernelBtf } from '../kernel/kernel.ts';

/** A pointer to an object of the kernel in a map's value: struct btf_field, struct bpf_map_value_off_desc before v6.2. */
export interface KptrSlot {
  readonly offset: number;
  readonly size: 8;
  readonly kind: KptrKind;
  /** The BTF that has the type pointed to. */
  readonly btf: KernelBtf;
  readonly typeId: number;
  readonly typeName: string;
  /** The destructor kfunc of a referenced kptr; undefined for others. */
  readonly dtor: string | undefined;
}

export type KptrKind = 'unreferenced' | 'referenced' | 'percpu' | 'uptr';

/** Whether two tables of slots are the same, as memcmp() has it: bpf_map_equal_kptr_off_tab(), kernel/bpf/syscall.c. */
export function areSlotsEqual(a: readonly KptrSlot[], b: readonly KptrSlot[]): boolean {
  return a.length === b.length && a.every((slot, index) => isSlotEqual(slot, b[index]));
}

function isSlotEqual(a: KptrSlot, b: KptrSlot | undefined): boolean {
  return (
    b !== undefined &&
    a.offset === b.offset &&
    a.kind === b.kind &&
    a.btf === b.btf &&
    a.typeId === b.typeId &&
    a.dtor === b.dtor
  );
}
