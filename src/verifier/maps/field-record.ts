import type { FieldKind } from './field-kinds.ts';
import type { KptrSlot } from './kptr-slot.ts';

/** A field that was found, in its place: struct btf_field. */
export interface RecordField {
  readonly kind: FieldKind;
  readonly offset: number;
  readonly size: number;
  /** Of a kptr or uptr. */
  readonly slot: KptrSlot | undefined;
  /** Of the head of a list or root of a tree: the struct of its nodes, in the same BTF. */
  readonly nodeTypeId: number | undefined;
}

/** struct btf_record: the fields of a value or struct, in order of their offsets; none is undefined. */
export type FieldRecord = { readonly fields: readonly RecordField[] } | { readonly errno: number } | undefined;
