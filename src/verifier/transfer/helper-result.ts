import type { CallMeta } from './call-meta.ts';
import { findIdByName } from '../../btf/find.ts';
import { skipModifiers } from '../../btf/follow.ts';
import { isStructType } from '../kernel/kfunc.ts';
import { HELPER } from '../kernel/helper-ids.ts';
import { NotModelled } from '../rules/rule.ts';
import { FLAG, NOT_INIT, pointer, type Register } from '../state/register.ts';
import { resolveSize } from '../types/resolve-size.ts';
import { nextId, unknownScalar, type Walk } from '../walk/walk.ts';

/** What a helper leaves in R0, without id and reference: the part of check_helper_call() that goes by the return type. */
export function helperResult(walk: Walk, meta: CallMeta): Register {
  const { returns, name } = meta.helper;
  const { trustsPointers } = walk.prepared.behaviours;
  const flags =
    (returns.maybeNull ? FLAG.maybeNull : 0) |
    (returns.readOnly ? FLAG.readOnly : 0) |
    (trustsPointers && returns.trusted ? FLAG.trusted : 0);
  switch (returns.type) {
    case 'integer':
      return unknownScalar(walk);
    case 'void':
      return NOT_INIT;
    case 'ptr_to_map_value': {
      const { map, mapUid } = meta;
      if (map === undefined) throw new NotModelled(`bpf_${name}() without a map`);
      const id = !returns.maybeNull && map.spinLockOffset !== undefined ? nextId(walk) : 0;
      return pointer('map_value', { flags, map, mapUid, id });
    }
    case 'ptr_to_socket':
      return pointer('socket', { flags });
    case 'ptr_to_sock_common':
      return pointer('sock_common', { flags });
    case 'ptr_to_tcp_sock':
      return pointer('tcp_sock', { flags });
    case 'ptr_to_ringbuf_mem':
      return pointer('mem', { flags: flags | FLAG.allocated, memSize: meta.memSize });
    case 'ptr_to_dynptr_mem':
      return pointer('mem', { flags, memSize: meta.memSize });
    case 'ptr_to_mem_or_btf_id':
      return perCpuCopy(meta, flags);
    case 'ptr_to_btf_id':
      return objectResult(walk, meta, flags);
  }
}

/** The copy of a per-CPU variable that a CPU has. */
function perCpuCopy(meta: CallMeta, flags: number): Register {
  const { btf, helper } = meta;
  if (btf === undefined) throw new NotModelled(`bpf_${helper.name}() without a variable`);
  const typeId = skipModifiers(btf.btf, meta.typeId);
  if (isStructType(btf.btf, typeId)) return pointer('btf', { flags: flags & ~FLAG.readOnly, btf, typeId: meta.typeId });
  const size = resolveSize(btf.btf, typeId)?.size;
  if (size === undefined) throw new NotModelled('a per-CPU variable without a size');
  return pointer('mem', { flags, memSize: size });
}

function objectResult(walk: Walk, meta: CallMeta, flags: number): Register {
  const { helper, kptr } = meta;
  if (helper.id === HELPER.kptr_xchg && kptr !== undefined) {
    return pointer('btf', { flags, btf: kptr.btf, typeId: kptr.typeId });
  }
  const { btf: name } = helper.returns;
  const { vmlinux } = walk.prepared.kernel;
  const typeId = name === undefined ? undefined : findIdByName(vmlinux.btf, name, 'struct');
  if (typeId === undefined) throw new NotModelled(`the type that bpf_${helper.name}() returns`);
  return pointer('btf', { flags, btf: vmlinux, typeId });
}
