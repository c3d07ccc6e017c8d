import type { Btf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import type { BtfMember } from '../../btf/btf-type.ts';
import type { MapSpec } from '../../program/program.ts';
import type { MapKind } from './map-kinds.ts';
import { refuse, type MapRefusal } from './refusal.ts';

/**
 * map_check_btf of a map type: what the BTF of its key must be.
 *
 * @param keyId the key's type behind typedefs; 0: none is given
 * @param valueId the same of the value
 */
export function checkKeyType(
  kind: MapKind,
  spec: MapSpec,
  btf: Btf,
  keyId: number,
  valueId: number,
): MapRefusal | undefined {
  const isRight = isRightKey(kind, spec, btf, keyId, valueId);
  if (kind.btf === 'none') return refuse('map/btf-not-taken', 'ENOTSUPP');
  return isRight ? undefined : refuse('map/btf-key', 'EINVAL');
}

function isRightKey(kind: MapKind, spec: MapSpec, btf: Btf, keyId: number, valueId: number): boolean {
  const key = typeAt(btf, keyId);
  switch (kind.btf) {
    case 'array': // array_map_check_btf(): only .data, .bss and .rodata have no key.
      if (key.kind !== 'void') return isWholeInt(btf, keyId, 32);
      return spec.type === 'array' && spec.maxEntries === 1 && typeAt(btf, valueId).kind === 'datasec';
    case 'bloom-filter':
      return key.kind === 'void';
    case 'local-storage':
      return isWholeInt(btf, keyId, 32);
    case 'cgroup-storage': // cgroup_storage_check_btf(): struct bpf_cgroup_storage_key, or the cgroup's inode.
      return spec.keySize === 8 ? isWholeInt(btf, keyId, 64) : isCgroupKey(btf, keyId);
    case 'lpm-trie':
      return key.kind === 'struct';
    default:
      return true;
  }
}

function isWholeInt(btf: Btf, id: number, bits: number): boolean {
  const type = typeAt(btf, id);
  return type.kind === 'int' && type.bits === bits && type.bitOffset === 0;
}

function isCgroupKey(btf: Btf, id: number): boolean {
  const type = typeAt(btf, id);
  if (type.kind !== 'struct' || type.members.length !== 2) return false;
  const [inode, attachType] = type.members;
  return isRegularInt(btf, inode, 0, 8) && isRegularInt(btf, attachType, 8, 4);
}

/** btf_member_is_reg_int(), kernel/bpf/btf.c. */
function isRegularInt(btf: Btf, member: BtfMember | undefined, offset: number, size: number): boolean {
  if (member === undefined || (member.bitSize ?? 0) !== 0) return false;
  const id = skipTypedefs(btf, member.type);
  return member.bitOffset === 8 * offset && isWholeInt(btf, id, 8 * size);
}
