import type { KfuncArgument } from './kfunc-arguments.ts';
import { isConvertible, isRcu, isUnsafe } from './trust.ts';
import { nameOf } from '../../btf/btf.ts';
import { findIdByName } from '../../btf/find.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeText } from '../kernel/kfunc.ts';
import { kfuncObjectType } from '../rules/kfunc/object-type.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { briefly } from '../state/describe.ts';
import { FLAG, type Register } from '../state/register.ts';
import { typesMatch, type KernelType } from '../types/ids-match.ts';
import type { Walk } from '../walk/walk.ts';

/** The structs as which pointers that are none of BTF are passed: reg2btf_ids[]. */
const STRUCTS: Readonly<Record<string, string>> = {
  socket: 'sock',
  sock_common: 'sock_common',
  tcp_sock: 'tcp_sock',
  map_ptr: 'bpf_map',
};
/** NOCAST_ALIAS_SUFFIX. */
const ALIAS = '___init';

/**
 * An object is of the type that a kfunc takes: process_kf_arg_ptr_to_btf_id(), kernel/bpf/verifier.c.
 *
 * @param asMap any map serves
 * @throws Rejection if it is not
 */
export function matchTrustedObject(argument: KfuncArgument, asMap: boolean): void {
  const { walk, kfunc, parameter, number, register } = argument;
  const { btf } = kfunc.btf;
  const expected = asMap ? 'struct bpf_map' : typeText(btf, parameter.pointee);
  const values = { argument: number, kfunc: kfunc.name, what: briefly(register), expected };
  const refuse = (): never => reject(kfuncObjectType, values, { registers: [number] });
  if ((register.type !== 'btf' || (isUnsafe(register) && !isRcu(register))) && !isConvertible(register)) refuse();
  if ((register.flags & FLAG.own) !== 0) throw new NotModelled("objects of the program's own");
  const have = typeOf(walk, register);
  const need = asMap
    ? { btf: walk.prepared.kernel.vmlinux, typeId: structOf(walk, 'bpf_map') }
    : { btf: kfunc.btf, typeId: parameter.pointee };
  const strict = (kfunc.flags.release && register.refId !== 0) || areAliases(have, need);
  if (typesMatch(have, register.off, need, strict, walk.prepared.behaviours)) return;
  const names = [nameOf(need.btf.btf, need.typeId), nameOf(have.btf.btf, have.typeId)].join(' ');
  if (names !== '__sk_buff sk_buff' && names !== 'xdp_md xdp_buff') refuse();
}

function typeOf(walk: Walk, register: Register): KernelType {
  if (register.type === 'btf' && register.btf !== undefined) {
    return { btf: register.btf, typeId: skipTypedefs(register.btf.btf, register.typeId) };
  }
  return { btf: walk.prepared.kernel.vmlinux, typeId: structOf(walk, STRUCTS[register.type] ?? '') };
}

function structOf(walk: Walk, name: string): number {
  const typeId = findIdByName(walk.prepared.kernel.vmlinux.btf, name, 'struct');
  if (typeId === undefined) throw new NotModelled(`the kernel's BTF has no struct ${name}`);
  return typeId;
}

/** btf_type_ids_nocast_alias(): one name is the other with `___init` behind it. */
function areAliases(a: KernelType, b: KernelType): boolean {
  const first = nameOf(a.btf.btf, a.typeId);
  const second = nameOf(b.btf.btf, b.typeId);
  return first + ALIAS === second || second + ALIAS === first;
}
