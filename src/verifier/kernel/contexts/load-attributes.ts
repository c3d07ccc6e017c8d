import type { Kernel } from '../kernel.ts';
import type { AttachRejected } from './attach-target.ts';
import { attachNumberOf, attachTypeOf, rulesOf, type ContextProgram } from './program-types.ts';
import { holds } from './ranges.ts';

/**
 * Whether loading takes a program's expected attach type, and its having a target at all: before the verifier runs, in
 * bpf_prog_load_check_attach(), kernel/bpf/syscall.c.
 */
export function checkLoadAttributes(kernel: Kernel, program: ContextProgram): AttachRejected | undefined {
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

function reject(reason: string): AttachRejected {
  return { kind: 'rejected', errno: 'EINVAL', reason };
}
