import type { Btf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import type { BtfMember } from '../../btf/btf-type.ts';
import { btfNotTaken } from '../rules/map/btf-not-taken.rule.ts';
import { wrongKeyType } from '../rules/map/key-type.rule.ts';
import type { TypedSpec } from './check-btf.ts';
import type { MapKind } from './map-kinds.ts';
import { refuse, type MapRefusal } from './refusal.ts';

/**
 * map_check_btf of a map type: what the BTF of its key must be.
 *
 * @param keyId the key's type behind typedefs; 0: none is given
 * @param valueId the same of the value
 */
export function checkKeyType(kind: MapKind, spec: TypedSpec, keyId: number, valueId: number): MapRefusal | undefined {
  const { name: map, type } = spec;
  if (kind.btf === 'none') return refuse(btfNotTaken, { map, type });
  const expected = whatIsWrong(kind.btf, spec, keyId, valueId);
  return expected === undefined ? undefined : refuse(wrongKeyType, { map, type, expected });
}

/** What the key should be and is not, in words; undefined if it is right. */
function whatIsWrong(rule: MapKind['btf'], spec: TypedSpec, keyId: number, valueId: number): string | undefined {
  const { btf } = spec;
  const key = typeAt(btf, keyId);
  switch (rule) {
    case 'array': // array_map_check_btf(): only .data, .bss and .rodata have no key.
      if (key.kind === 'void' && isDataSection(spec, valueId)) return undefined;
      return isWholeInt(btf, keyId, 32) ? undefined : 'an int of 32 bits';
    case 'bloom-filter':
      return key.kind === 'void' ? undefined : 'missing';
    case 'local-storage':
      return isWholeInt(btf, keyId, 32) ? undefined : 'an int of 32 bits';
    case 'cgroup-storage': // cgroup_storage_check_btf(): struct bpf_cgroup_storage_key, or the cgroup's inode.
      if (spec.keySize === 8) return isWholeInt(btf, keyId, 64) ? undefined : 'an integer of 64 bits';
      return isCgroupKey(btf, keyId) ? undefined : 'struct bpf_cgroup_storage_key';
    case 'hash':
      return key.kind === 'void' ? 'given' : undefined;
    case 'lpm-trie':
      return key.kind === 'struct' ? undefined : 'a struct';
    default:
      return undefined;
  }
}

function isDataSection({ type, maxEntries, btf }: TypedSpec, valueId: number): boolean {
  return type === 'array' && maxEntries === 1 && typeAt(btf, valueId).kind === 'datasec';
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
