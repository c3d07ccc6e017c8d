import { kindNumberOf, targetOf, type Btf } from '../../btf/btf.ts';
import { isBtfError } from '../../btf/btf-error.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { KIND } from '../../btf/kinds.ts';
import { sizeOf } from '../../btf/size.ts';

export interface SizedType {
  /** Behind typedefs, modifiers and variables. */
  readonly id: number;
  readonly size: number;
}

/**
 * What a type id of map_create stands for: btf_type_id_size(), kernel/bpf/btf.c.
 *
 * @returns undefined if there is no such type, or if it has no size
 */
export function sizedType(btf: Btf, typeId: number): SizedType | undefined {
  try {
    let id = skipTypedefs(btf, typeId);
    while (kindNumberOf(btf, id) === KIND.VAR) id = skipTypedefs(btf, targetOf(btf, id));
    return { id, size: sizeOf(btf, id) };
  } catch (error) {
    if (isBtfError(error)) return undefined;
    throw error;
  }
}
