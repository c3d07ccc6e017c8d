import type { Btf } from '../../btf/btf.ts';
import { typeAt } from '../../btf/read-type.ts';

/** A member of a struct, or a variable of a data section, as a scan of fields sees it. */
export interface ValuePart {
  /** As it stands there, typedefs and modifiers not followed. */
  readonly type: number;
  readonly bitOffset: number;
  /** Bytes that a data section gives to it; undefined in structs. */
  readonly size: number | undefined;
  /** What declaration tags of it refer to: the struct and the member's position, or the variable. */
  readonly owner: number;
  readonly component: number | undefined;
}

/** The parts of a struct or data section in order; undefined for other types, unions among them. */
export function valueParts(btf: Btf, typeId: number): readonly ValuePart[] | undefined {
  const type = typeAt(btf, typeId);
  if (type.kind === 'struct') {
    return type.members.map(({ type, bitOffset }, component) => ({
      type,
      bitOffset,
      size: undefined,
      owner: typeId,
      component,
    }));
  }
  if (type.kind !== 'datasec') return undefined;
  return type.variables.map(({ type, offset, size }) => {
    const variable = typeAt(btf, type);
    return {
      type: variable.kind === 'var' ? variable.type : type,
      bitOffset: 8 * offset,
      size,
      owner: type,
      component: undefined,
    };
  });
}
