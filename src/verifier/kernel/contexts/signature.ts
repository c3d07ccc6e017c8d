import type { Btf } from '../../../btf/btf.ts';
import type { BtfType } from '../../../btf/btf-type.ts';
import { skipTypedefs } from '../../../btf/follow.ts';
import { typeAt } from '../../../btf/read-type.ts';
import type { Kernel } from '../kernel.ts';
import { isIn, type VersionNumber } from '../version.ts';
import type { AttachedTo, AttachRejected } from './attach-target.ts';

/** MAX_BPF_FUNC_ARGS, include/linux/bpf.h. */
const MAX_ARGUMENTS = 12;
/** Bytes of a struct that is passed in registers, from STRUCT_ARGUMENTS on. */
const MAX_STRUCT = 16;
/** Kernels whose trampolines pass small structs. */
export const STRUCT_ARGUMENTS = { since: 'v6.1' };
/** Kernels whose trampolines pass small unions too. */
export const UNION_ARGUMENTS = { since: 'v6.18' };
/** Kernels that know BTF_KIND_ENUM64. */
export const ENUM64 = { since: 'v6.0' };

/** Whether a trampoline can be made for a function: btf_distill_func_proto(), kernel/bpf/btf.c. */
export function checkSignature(kernel: Kernel, { name, home, prototype }: AttachedTo): AttachRejected | undefined {
  const { parameters, isVariadic, returns } = prototype;
  if (parameters.length + Number(isVariadic) > MAX_ARGUMENTS) return reject(`${name} has too many parameters`);
  const result = passedSize(home.btf, returns, kernel.version);
  if (result === undefined || result.type.kind === 'struct' || result.type.kind === 'union')
    return reject(`${name} returns what is not supported`);
  for (const parameter of parameters) {
    const passed = passedSize(home.btf, parameter.type, kernel.version);
    if (passed === undefined || passed.size > MAX_STRUCT || passed.size === 0) {
      return reject(`parameter ${parameter.name} of ${name} has a type that is not supported`);
    }
  }
  return isVariadic ? reject(`${name} takes a variable number of arguments`) : undefined;
}

/** Bytes of a value that is passed to or from a function; 0 for void; undefined where it can't be. */
function passedSize(btf: Btf, id: number, version: VersionNumber): { type: BtfType; size: number } | undefined {
  const type = typeAt(btf, skipTypedefs(btf, id));
  switch (type.kind) {
    case 'void':
      return { type, size: 0 };
    case 'ptr':
      return { type, size: 8 };
    case 'int':
    case 'enum':
      return { type, size: type.size };
    case 'enum64':
      return isIn(ENUM64, version) ? { type, size: type.size } : undefined;
    case 'union':
      return isIn(UNION_ARGUMENTS, version) ? { type, size: type.size } : undefined;
    case 'struct':
      return isIn(STRUCT_ARGUMENTS, version) ? { type, size: type.size } : undefined;
    default:
      return undefined;
  }
}

function reject(reason: string): AttachRejected {
  return { kind: 'rejected', errno: 'EINVAL', reason };
}
