import type { Kernel } from './kernel.ts';
import { isIn } from './version.ts';
import { accessArguments, openArguments } from './contexts/argument-access.ts';
import { attachTarget, type AttachResult } from './contexts/attach-target.ts';
import type { ContextLoad, ContextLoadKind } from './contexts/context-load.ts';
import { accessLayout, layOut } from './contexts/layout-access.ts';
import { attachTypeOf, layoutOf, rulesOf, type ContextProgram } from './contexts/program-types.ts';

export { attachTarget } from './contexts/attach-target.ts';
export type { AttachedTo, AttachRejected, AttachResult, AttachUnsupported } from './contexts/attach-target.ts';
export type { ContextLoad, ContextLoadFlag, ContextLoadKind } from './contexts/context-load.ts';
export { isContextPointer } from './contexts/context-type.ts';
export { checkLoadAttributes } from './contexts/load-attributes.ts';
export { programTypeInfo } from './contexts/program-types.ts';
export type { ContextProgram, ProgramTypeInfo } from './contexts/program-types.ts';
export { checkReturnRange } from './contexts/return-range.ts';
export type { ReturnRange } from './contexts/return-range.ts';
export { checkSocketAccess } from './contexts/socket-access.ts';

/** Kernels that refuse loads of packet pointers that extend the sign. */
const PACKET_POINTERS_KEEP_SIGN = { since: 'v6.12' };
const PACKET_POINTERS: ReadonlySet<ContextLoadKind> = new Set(['packet', 'packet_meta', 'packet_end'] as const);

/** The context of one program on one kernel, opened once so that accesses are judged quickly. */
export interface OpenContext {
  /**
   * What an access of 1, 2, 4 or 8 bytes gives: check_ctx_access(), kernel/bpf/verifier.c.
   *
   * @param isSignExtended a load that extends the sign (BPF_MEMSX)
   * @returns `invalid` where the kernel says EACCES
   */
  readonly access: (
    offset: number,
    size: number,
    isWrite: boolean,
    isSignExtended?: boolean,
  ) => ContextLoad | 'invalid';
}

/**
 * Opens a program's context.
 *
 * @param target what attachTarget() said of the program
 * @returns why nothing is known of it, where that is so
 */
export function openContext(
  kernel: Kernel,
  program: ContextProgram,
  target: AttachResult = attachTarget(kernel, program),
): OpenContext | { readonly unsupported: string } {
  const rules = rulesOf(program.progType);
  if (rules === undefined) return { unsupported: `program type ${program.progType} is not modelled` };
  const layout = layoutOf(rules.context);
  if (layout !== undefined) {
    const laidOut = layOut(layout, kernel.vmlinux, rules, kernel.version, attachTypeOf(program));
    const keepsSign = isIn(PACKET_POINTERS_KEEP_SIGN, kernel.version);
    return {
      access(offset, size, isWrite, isSignExtended = false) {
        const load = accessLayout(laidOut, offset, size, isWrite) ?? 'invalid';
        return isSignExtended && keepsSign && load !== 'invalid' && PACKET_POINTERS.has(load.kind) ? 'invalid' : load;
      },
    };
  }
  if (!('prototype' in target)) {
    const reason = target.kind === 'unsupported' ? target.reason : 'it is not known what the program is attached to';
    return { unsupported: reason };
  }
  const attachType = rules.target === 'struct_ops' ? undefined : attachTypeOf(program);
  const opened = openArguments(kernel, target, attachType, rules);
  return { access: (offset, size, isWrite) => accessArguments(opened, offset, size, isWrite) ?? 'invalid' };
}
