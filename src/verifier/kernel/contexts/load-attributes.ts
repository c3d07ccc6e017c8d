import { findIdByName } from '../../../btf/find.ts';
import { typeOfKind } from '../../../btf/read-type.ts';
import type { Kernel } from '../kernel.ts';
import type { AttachRejected } from './attach-target.ts';
import { attachNumberOf, attachTypeOf, rulesOf, type ContextProgram } from './program-types.ts';
import { holds } from './ranges.ts';

/**
 * Whether loading takes a program's expected attach type, and its having a target at all: before the verifier runs, in
 * bpf_prog_load_check_attach(), kernel/bpf/syscall.c.
 */
export function checkLoadAttributes(kernel: Kernel, program: ContextProgram): AttachRejected | undefined {
  if (!hasProgramType(kernel, program.progType)) return reject(`this kernel has no ${program.progType} programs`);
  const rules = rulesOf(program.progType);
  if (rules === undefined) return undefined;
  if (program.attach !== undefined && rules.target === undefined) {
    return reject(`a ${program.progType} program cannot name what it is attached to`);
  }
  const number = attachNumberOf(program);
  if (rules.attach_types !== undefined) {
    const name = attachTypeOf(program);
    const isTaken = rules.attach_types.some((each) => each.name === name && holds(each, kernel.version, undefined));
    return isTaken ? undefined : reject(`${program.progType} programs have no expected attach type ${String(number)}`);
  }
  if ((program.progType === 'syscall' || program.progType === 'ext') && number !== 0) {
    return reject(`${program.progType} programs have no expected attach type`);
  }
  return undefined;
}

/**
 * Whether a kernel knows a program type: find_prog_type(), kernel/bpf/syscall.c. Which types it was built with shows in
 * the members of struct bpf_ctx_convert, kernel/bpf/btf.c, where BTF has that.
 */
function hasProgramType(kernel: Kernel, progType: string): boolean {
  if (!kernel.profile.prog_types.includes(progType)) return false;
  const { btf } = kernel.vmlinux;
  const id = findIdByName(btf, 'bpf_ctx_convert', 'struct');
  if (id === undefined) return true;
  const member = `BPF_PROG_TYPE_${progType.toUpperCase()}_prog`;
  return typeOfKind(btf, id, 'struct').members.some(({ name }) => name === member);
}

function reject(reason: string): AttachRejected {
  return { kind: 'rejected', errno: 'EINVAL', reason };
}
