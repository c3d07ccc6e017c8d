import { kindOf, nameOf, targetOf, type Btf } from '../../../btf/btf.ts';
import type { BtfType } from '../../../btf/btf-type.ts';
import { findIdByName } from '../../../btf/find.ts';
import { skipTypedefs } from '../../../btf/follow.ts';
import { typeAt } from '../../../btf/read-type.ts';
import type { Kernel } from '../kernel.ts';
import { isIn, type VersionNumber } from '../version.ts';
import type { ArgumentNote } from './argument-notes.ts';
import type { AttachedTo } from './attach-target.ts';
import { bufferLoad, SCALAR_LOAD, structLoad, type ContextLoad, type ContextLoadFlag } from './context-load.ts';
import { ENUM64, STRUCT_ARGUMENTS, UNION_ARGUMENTS } from './signature.ts';

/** Kernels to which a pointer to a number is a number behind typedefs and any modifiers too, and not refused. */
const INT_POINTER_TYPEDEFS = [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.3' }];
/** Kernels to which void behind modifiers is void. */
const VOID_POINTER_MODIFIERS = { since: 'v6.17' };
/** Kernels to which every pointer but one to a struct is a number. */
const ALL_OTHER_POINTERS = { since: 'v7.1' };

/** Whether an argument of a type is a number to a program. */
export function isNumber(type: BtfType, version: VersionNumber): boolean {
  switch (type.kind) {
    case 'int':
      return type.size <= 8;
    case 'enum':
      return true;
    case 'enum64':
      return isIn(ENUM64, version);
    case 'struct':
      return isIn(STRUCT_ARGUMENTS, version);
    case 'union':
      return isIn(UNION_ARGUMENTS, version);
    default:
      return false;
  }
}

/** Slots of an argument: one up to v6.0, then as many as its size takes (get_ctx_arg_idx()). */
export function slotsOf(btf: Btf, id: number, version: VersionNumber): number {
  if (!isIn(STRUCT_ARGUMENTS, version)) return 1;
  const type = typeAt(btf, skipTypedefs(btf, id));
  return 'size' in type ? Math.ceil(type.size / 8) : 1;
}

/** What a pointer argument is to a program; undefined: it may not be loaded. */
export function pointerLoad(
  kernel: Kernel,
  target: AttachedTo,
  pointee: number,
  note: ArgumentNote,
): ContextLoad | undefined {
  const { btf } = target.home;
  if (note.buffer !== undefined) return bufferLoad(note.buffer);
  if (isOpaque(btf, pointee, kernel.version)) return SCALAR_LOAD;
  if (note.struct !== undefined) {
    const typeId = findIdByName(kernel.vmlinux.btf, note.struct, 'struct');
    return typeId === undefined ? undefined : structLoad(kernel.vmlinux, typeId, note.flags, note.maybeNull);
  }
  const structId = skipTypedefs(btf, pointee);
  const kind = kindOf(btf, structId);
  if (kind !== 'struct' && kind !== 'union') return undefined;
  if (note.isError) return SCALAR_LOAD;
  const tags = tagFlags(btf, pointee);
  const promoted = tags.length === 0 && !note.maybeNull ? promotedId(btf, structId, note.promote) : undefined;
  return structLoad(target.home, promoted ?? structId, [...note.flags, ...tags], note.maybeNull);
}

/** Whether a pointer is no more than a number to a program, as nothing is known of what it points to. */
function isOpaque(btf: Btf, pointee: number, version: VersionNumber): boolean {
  if (pointee === 0) return true;
  const kind = kindOf(btf, skipTypedefs(btf, pointee));
  if (isIn(ALL_OTHER_POINTERS, version)) return kind !== 'struct' && kind !== 'union';
  if (kind === 'void') return isIn(VOID_POINTER_MODIFIERS, version);
  if (INT_POINTER_TYPEDEFS.some((range) => isIn(range, version))) return kind === 'int';
  // is_int_ptr(): a const may stand before the number, and nothing else.
  return kindOf(btf, kindOf(btf, pointee) === 'const' ? targetOf(btf, pointee) : pointee) === 'int';
}

/** Only a tag that the pointer's target begins with counts. */
function tagFlags(btf: Btf, pointee: number): readonly ContextLoadFlag[] {
  const type = typeAt(btf, pointee);
  if (type.kind !== 'type_tag' || type.isAttribute) return [];
  const tag = nameOf(btf, pointee);
  return tag === 'user' || tag === 'percpu' ? [tag] : [];
}

/** The struct that an argument of another counts as: a sock is a tcp_sock to bpf_tcp_ca_is_valid_access(). */
function promotedId(btf: Btf, structId: number, promote: ArgumentNote['promote']): number | undefined {
  for (const [from, to] of Object.entries(promote)) {
    if (findIdByName(btf, from, 'struct') === structId) return findIdByName(btf, to, 'struct');
  }
  return undefined;
}
