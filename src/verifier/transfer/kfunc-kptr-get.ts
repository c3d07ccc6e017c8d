import type { KfuncArgument } from './kfunc-arguments.ts';
import { kptrAt } from './map-access.ts';
import { constantOffset } from './offsets.ts';
import { kindOf, targetOf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { isStructType, typeText } from '../kernel/kfunc.ts';
import type { BpfMap } from '../maps/bpf-map.ts';
import { kptrGetMapValue } from '../rules/kptr-get/map-value.rule.ts';
import { kptrGetConstant } from '../rules/kptr-get/offset.rule.ts';
import { kptrGetPrototype } from '../rules/kptr-get/prototype.rule.ts';
import { kptrGetReferenced } from '../rules/kptr-get/referenced.rule.ts';
import { kptrGetType } from '../rules/kptr-get/type.rule.ts';
import { reject } from '../rules/rule.ts';
import { isConstant } from '../scalar/scalar.ts';
import { briefly } from '../state/describe.ts';
import { typesMatch } from '../types/ids-match.ts';

/**
 * The first argument of a kptr_get kfunc: the address of a referenced kptr of the type it takes.
 * btf_check_func_arg_match(), kernel/bpf/btf.c.
 *
 * @throws Rejection if it is something else
 */
export function checkKptrSlot({ walk, kfunc, parameter, number, register }: KfuncArgument): void {
  const { btf } = kfunc.btf;
  const registers = [number];
  if (register.type !== 'map_value' || register.flags !== 0) {
    reject(kptrGetMapValue, { kfunc: kfunc.name, what: briefly(register) }, { registers });
  }
  if (!isConstant(register.scalar)) reject(kptrGetConstant, { kfunc: kfunc.name }, { registers });
  const map = register.map as BpfMap;
  const offset = constantOffset(register);
  const slot = kptrAt(map, offset);
  if (slot?.kind !== 'referenced') reject(kptrGetReferenced, { offset, map: map.spec.name }, { registers });
  const isDouble = kindOf(btf, parameter.pointee) === 'ptr';
  const struct = isDouble ? skipTypedefs(btf, targetOf(btf, parameter.pointee)) : 0;
  if (!isDouble || !isStructType(btf, struct)) {
    reject(kptrGetPrototype, { kfunc: kfunc.name, type: typeText(btf, parameter.type) }, { registers });
  }
  const have = { btf: kfunc.btf, typeId: struct };
  if (!typesMatch(have, 0, slot, true, walk.prepared.behaviours)) {
    const values = { kfunc: kfunc.name, expected: typeText(btf, struct), offset, type: slot.typeName };
    reject(kptrGetType, values, { registers });
  }
}
