import type { KfuncArgument } from './kfunc-arguments.ts';
import { findIdByName } from '../../btf/find.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { isStructType, typeText } from '../kernel/kfunc.ts';
import { kfuncObjectParameter } from '../rules/kfunc/object-parameter.rule.ts';
import { kfuncObjectType } from '../rules/kfunc/object-type.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { briefly } from '../state/describe.ts';
import type { Register } from '../state/register.ts';
import { typesMatch, type KernelType } from '../types/ids-match.ts';
import type { Walk } from '../walk/walk.ts';

/** The structs as which sockets that helpers know are passed to kfuncs: reg2btf_ids[], kernel/bpf/btf.c. */
const SOCKET_STRUCTS: Readonly<Record<string, string>> = {
  socket: 'sock',
  sock_common: 'sock_common',
  tcp_sock: 'tcp_sock',
};

/**
 * An object is of the type that a kfunc takes.
 *
 * @param strict it must be that very type, not one that begins with it
 * @throws Rejection if it is not
 */
export function matchObject({ walk, kfunc, parameter, number, register }: KfuncArgument, strict: boolean): void {
  const { btf } = kfunc.btf;
  const values = (): { argument: number; kfunc: string; what: string; expected: string } => ({
    argument: number,
    kfunc: kfunc.name,
    what: briefly(register),
    expected: typeText(btf, parameter.pointee),
  });
  if (!isStructType(btf, parameter.pointee)) reject(kfuncObjectParameter, values(), { registers: [number] });
  const need = { btf: kfunc.btf, typeId: parameter.pointee };
  if (!typesMatch(objectType(walk, register), register.off, need, strict, walk.prepared.behaviours)) {
    reject(kfuncObjectType, values(), { registers: [number] });
  }
}

function objectType(walk: Walk, register: Register): KernelType {
  const { vmlinux } = walk.prepared.kernel;
  if (register.type === 'btf' && register.btf !== undefined) {
    return { btf: register.btf, typeId: skipTypedefs(register.btf.btf, register.typeId) };
  }
  const name = SOCKET_STRUCTS[register.type] ?? '';
  const typeId = findIdByName(vmlinux.btf, name, 'struct');
  if (typeId === undefined) throw new NotModelled(`the kernel's BTF has no struct ${name}`);
  return { btf: vmlinux, typeId };
}
