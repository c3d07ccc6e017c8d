import { isRcu, isTrusted, protectsRcu } from './trust.ts';
import { kindOf, nameOf, targetOf } from '../../btf/btf.ts';
import { findIdByName } from '../../btf/find.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import type { KernelBtf } from '../kernel/kernel.ts';
import { FLAG, type Register } from '../state/register.ts';
import type { Walk } from '../walk/walk.ts';

/** Pointers of which the kernel says itself how far they may be trusted: BTF_TYPE_SAFE_…, in its own BTF. */
type Suffix = '__safe_rcu' | '__safe_rcu_or_null' | '__safe_trusted' | '__safe_trusted_or_null';

/**
 * What is known of a pointer that was loaded from an object: the second half of check_ptr_to_btf_access(),
 * kernel/bpf/verifier.c.
 *
 * @param object the pointer to the object
 * @param field the member that was loaded
 * @param typeId what it points to
 * @param found FLAG bits that the member's type and its place give
 * @returns FLAG bits
 */
export function loadedFlags(walk: Walk, object: Register, field: string, typeId: number, found: number): number {
  if ((object.flags & FLAG.untrusted) !== 0) return FLAG.untrusted;
  if (!isTrusted(object) && !isRcu(object)) return found & ~(FLAG.own | FLAG.trusted | FLAG.rcu);
  const says = (suffix: Suffix): boolean => isListed(object, field, typeId, suffix);
  if (says('__safe_trusted')) return found | FLAG.trusted;
  if (says('__safe_trusted_or_null')) return found | FLAG.trusted | FLAG.maybeNull;
  if (!protectsRcu(walk) || (object.flags & FLAG.maybeNull) !== 0) return FLAG.untrusted;
  if (says('__safe_rcu')) return found | FLAG.rcu;
  const orNull = says('__safe_rcu_or_null');
  if ((found & FLAG.rcu) !== 0 || orNull) {
    const flags = found | FLAG.rcu | FLAG.maybeNull;
    return orNull ? flags & ~FLAG.untrusted : flags;
  }
  if ((found & (FLAG.perCpu | FLAG.user)) !== 0) return found;
  return found & ~(FLAG.own | FLAG.trusted | FLAG.rcu);
}

/** btf_nested_type_is_trusted(), kernel/bpf/btf.c. */
function isListed(object: Register, field: string, typeId: number, suffix: Suffix): boolean {
  const { btf } = object.btf as KernelBtf;
  const kind = kindOf(btf, object.typeId);
  if (kind !== 'struct' && kind !== 'union') return false;
  const safe = findIdByName(btf, nameOf(btf, object.typeId) + suffix, kind);
  if (safe === undefined) return false;
  const type = typeAt(btf, safe);
  if (type.kind !== 'struct' && type.kind !== 'union') return false;
  return type.members.some(
    (member) =>
      member.name === field &&
      kindOf(btf, member.type) === 'ptr' &&
      skipTypedefs(btf, targetOf(btf, member.type)) === typeId,
  );
}
