import type { Btf } from './btf.ts';
import type { BtfPrototype } from './btf-type.ts';
import { typeOfKind } from './read-type.ts';

/**
 * The prototype of a FUNC: btf_func_check(), kernel/bpf/btf.c, refuses one that refers to anything else.
 *
 * @throws BtfError `bad-record` if the type is no FUNC, or refers to no FUNC_PROTO
 */
export function prototypeOf(btf: Btf, id: number): BtfPrototype {
  return typeOfKind(btf, typeOfKind(btf, id, 'func').type, 'func_proto');
}
