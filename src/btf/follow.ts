import { kindNumberOf, nameOf, targetOf, type Btf } from './btf.ts';
import { BtfError } from './btf-error.ts';
import { LIMITS } from './btf-layout.ts';
import { KIND } from './kinds.ts';

/**
 * The first type that is no const, volatile, restrict or type tag: btf_type_skip_modifiers() without typedefs.
 *
 * @throws BtfError `chain-too-long` after LIMITS.depth steps, which ends loops too
 */
export function skipModifiers(btf: Btf, id: number): number {
  return skip(btf, id, isModifier);
}

/** The same, typedefs skipped too: btf_type_skip_modifiers(), kernel/bpf/btf.c. @throws BtfError as skipModifiers() */
export function skipTypedefs(btf: Btf, id: number): number {
  return skip(btf, id, (kind) => kind === KIND.TYPEDEF || isModifier(kind));
}

/** Whether a kind is const, volatile, restrict or a type tag. */
export function isModifier(kind: number): boolean {
  return kind === KIND.CONST || kind === KIND.VOLATILE || kind === KIND.RESTRICT || kind === KIND.TYPE_TAG;
}

/** The error for types that nest or refer to each other further than is followed. */
export function tooDeep(btf: Btf, id: number): BtfError {
  const place = { field: 'type', typeId: id, typeName: nameOf(btf, id) };
  return new BtfError('too-deep', place, `nests deeper than ${String(LIMITS.depth)}`);
}

function skip(btf: Btf, start: number, skips: (kind: number) => boolean): number {
  let id = start;
  for (let steps = 0; skips(kindNumberOf(btf, id)); steps++) {
    if (steps === LIMITS.depth) {
      const place = { field: 'type', typeId: start, typeName: nameOf(btf, start) };
      throw new BtfError('chain-too-long', place, `more than ${String(LIMITS.depth)} modifiers and typedefs`);
    }
    id = targetOf(btf, id);
  }
  return id;
}
