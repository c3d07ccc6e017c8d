import type { Btf } from '../../btf/btf.ts';
import { typeAt } from '../../btf/read-type.ts';

/** A member of a struct, or a variable of a data section, as a scan of fields sees it. */
export interface ValuePart {
  /** As it stands there, typedefs and modifiers not followed. */
  readonly type: number;
  readonly bitOffset: number;
  /** Bytes that a data section gives to it; undefined in structs. */
  readonly size: number | undefined;
}

/** The parts of a struct or data section in order; undefined for other types, unions among them. */
export function valueParts(btf: Btf, typeId: number): readonly ValuePart[] | undefined {
  const type = typeAt(btf, typeId);
  if (type.kind === 'struct') {
    return type.members.map(({ type, bitOffset }) => ({ type, bitOffset, size: undefined }));
  }
  if (type.kind !== 'datasec') return undefined;
  return type.variables.map(({ type, offset, size }) => {
    const variable = typeAt(btf, type);
    return { type: variable.kind === 'var' ? variable.type : type, bitOffset: 8 * offset, size };
  });
}
