/** Something acquired and not yet released: struct bpf_reference_state. */
export interface Reference {
  readonly id: number;
  /** The slot that acquired it. */
  readonly insn: number;
  /** The depth of the callback that acquired it; 0: none did. */
  readonly callback: number;
}

/** Without the reference of that id; undefined if there is none. */
export function withoutReference(references: readonly Reference[], id: number): readonly Reference[] | undefined {
  const index = references.findIndex((reference) => reference.id === id);
  if (index < 0) return undefined;
  // release_reference_state() fills the hole with the last one, and pruning compares the order.
  const rest = references.slice(0, -1);
  const last = references.at(-1);
  if (index < rest.length && last !== undefined) rest[index] = last;
  return rest;
}

/** refsafe(): the same references, in the same order. */
export function sameReferences(old: readonly Reference[], current: readonly Reference[]): boolean {
  return (
    old === current ||
    (old.length === current.length &&
      old.every((reference, index) => {
        const other = current[index];
        return (
          other !== undefined &&
          reference.id === other.id &&
          reference.insn === other.insn &&
          reference.callback === other.callback
        );
      }))
  );
}
