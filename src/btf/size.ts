import { nameOf, type Btf } from './btf.ts';
import { BtfError } from './btf-error.ts';
import type { BtfMember } from './btf-type.ts';
import { LIMITS } from './btf-layout.ts';
import { findIdByName } from './find.ts';
import { skipTypedefs, tooDeep } from './follow.ts';
import { typeAt } from './read-type.ts';

const LARGEST = 0xffffffff;
/** Names that a long has in C, by which its size, and so that of a pointer, is found. */
const LONGS = ['long unsigned int', 'unsigned long', 'long int', 'long'];

/**
 * Bytes of a pointer. BTF does not say; where the file that it came from didn't either, the size of a long does, as it
 * is the same on all that Linux runs on. Without a long it is 8, as for BPF itself.
 */
export function pointerBytes(btf: Btf): 4 | 8 {
  if (btf.pointerBytes !== undefined) return btf.pointerBytes;
  for (const name of LONGS) {
    const id = findIdByName(btf, name, 'int');
    const type = id === undefined ? undefined : typeAt(btf, id);
    if (type?.kind === 'int') return type.size === 4 ? 4 : 8;
  }
  return 8;
}

/**
 * Bytes of a type: btf_resolve_size(), kernel/bpf/btf.c.
 *
 * @throws BtfError `no-size` for void, forward declarations, functions, prototypes and tags, `too-deep` if arrays nest
 *   further than is followed, `too-big` if it has more than 2^32 - 1 bytes
 */
export function sizeOf(btf: Btf, id: number): number {
  let count = 1;
  let current = id;
  for (let depth = 0; depth <= LIMITS.depth; depth++) {
    const type = typeAt(btf, skipTypedefs(btf, current));
    switch (type.kind) {
      case 'array':
        count *= type.length;
        current = type.type;
        // The length may be 0 or fill the whole 32 bits; what is beyond that never comes back into range.
        if (count > LARGEST) throw tooBig(btf, id);
        break;
      case 'ptr':
        return checked(btf, id, count * pointerBytes(btf));
      case 'var':
        current = type.type;
        break;
      case 'int':
      case 'float':
      case 'struct':
      case 'union':
      case 'enum':
      case 'enum64':
      case 'datasec':
        return checked(btf, id, count * type.size);
      default:
        throw new BtfError(
          'no-size',
          { field: 'type', typeId: id, typeName: nameOf(btf, id) },
          `${type.kind} has no size`,
        );
    }
  }
  throw tooDeep(btf, id);
}

/**
 * The bits of a member that is a bitfield, from the start of the struct, whichever way it was written: with its size in
 * the member, or in an INT that has fewer bits than bytes. Undefined for other members.
 *
 * @throws BtfError if its type cannot be followed
 */
export function memberBits(
  btf: Btf,
  member: BtfMember,
): { readonly offset: number; readonly size: number } | undefined {
  if (member.bitSize !== undefined) return { offset: member.bitOffset, size: member.bitSize };
  const type = typeAt(btf, skipTypedefs(btf, member.type));
  if (type.kind !== 'int' || (type.bitOffset === 0 && type.bits === 8 * type.size)) return undefined;
  return { offset: member.bitOffset + type.bitOffset, size: type.bits };
}

function checked(btf: Btf, id: number, size: number): number {
  if (size > LARGEST) throw tooBig(btf, id);
  return size;
}

function tooBig(btf: Btf, id: number): BtfError {
  return new BtfError('too-big', { field: 'type', typeId: id, typeName: nameOf(btf, id) }, 'more than 2^32 - 1 bytes');
}
