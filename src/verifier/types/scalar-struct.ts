import type { Btf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import { isScalarType } from '../kernel/kfunc.ts';

/** Structs nest so deep at most, the outermost counted. */
const LEVELS = 4;

/**
 * Whether a type is a struct of nothing but scalars, arrays of scalars, and such structs: only that may be passed to a
 * kfunc as memory. __btf_type_is_scalar_struct(), kernel/bpf/btf.c.
 *
 * @throws BtfError if types can't be followed
 */
export function isScalarStruct(btf: Btf, id: number, level = 1): boolean {
  const type = typeAt(btf, id);
  if (type.kind !== 'struct' && type.kind !== 'union') return false;
  return type.members.every((member) => {
    const memberId = skipTypedefs(btf, member.type);
    const memberType = typeAt(btf, memberId);
    if (memberType.kind === 'struct' || memberType.kind === 'union') {
      return level < LEVELS && isScalarStruct(btf, memberId, level + 1);
    }
    if (memberType.kind === 'array') {
      return memberType.length > 0 && isScalarType(btf, skipTypedefs(btf, memberType.type));
    }
    return isScalarType(btf, memberId);
  });
}
