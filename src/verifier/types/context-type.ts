import type { Btf } from '../../btf/btf.ts';
import { kindOf, nameOf } from '../../btf/btf.ts';
import type { ProgramTypeInfo } from '../kernel/contexts.ts';

/**
 * Whether a parameter is the context of a program type: by the name of the struct alone. btf_get_prog_ctx_type(),
 * kernel/bpf/btf.c.
 *
 * @param pointee what the parameter points to, without modifiers
 */
export function isContextType(btf: Btf, pointee: number, { contextStruct }: ProgramTypeInfo): boolean {
  const kind = kindOf(btf, pointee);
  return (
    contextStruct !== undefined && (kind === 'struct' || kind === 'union') && nameOf(btf, pointee) === contextStruct
  );
}
