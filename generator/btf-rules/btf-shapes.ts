import { kindOf, targetOf, type Btf } from '../../src/btf/btf.ts';
import type { Kind } from '../../src/btf/kinds.ts';
import { skipTypedefs } from '../../src/btf/follow.ts';

const STRUCTS: readonly Kind[] = ['struct', 'union', 'fwd'];
const SCALARS: readonly Kind[] = ['int', 'enum', 'enum64'];

/** Whether a type is a pointer, through typedefs and modifiers. */
export function isPointer(btf: Btf, id: number): boolean {
  return kindOf(btf, skipTypedefs(btf, id)) === 'ptr';
}

/** Whether it is an integer or an enum. */
export function isScalar(btf: Btf, id: number): boolean {
  return SCALARS.includes(kindOf(btf, skipTypedefs(btf, id)));
}

/** Whether it is a pointer to a struct or union; one that is only declared counts. */
export function isPointerToStruct(btf: Btf, id: number): boolean {
  const target = pointee(btf, id);
  return target !== undefined && STRUCTS.includes(kindOf(btf, target));
}

/** Whether it is a pointer to an object: a struct, or void for objects that programs allocate. */
export function isPointerToObject(btf: Btf, id: number): boolean {
  return isPointerToStruct(btf, id) || pointee(btf, id) === 0;
}

/** Whether it is a pointer to a pointer to a struct. */
export function isDoublePointer(btf: Btf, id: number): boolean {
  const target = pointee(btf, id);
  return target !== undefined && isPointerToStruct(btf, target);
}

/** What a pointer points to, typedefs and modifiers skipped. */
export function pointee(btf: Btf, id: number): number | undefined {
  const pointer = skipTypedefs(btf, id);
  return kindOf(btf, pointer) === 'ptr' ? skipTypedefs(btf, targetOf(btf, pointer)) : undefined;
}
