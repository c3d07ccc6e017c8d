import type { AttachType, ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import { targetOf } from '../../../btf/btf.ts';
import { findIdByName } from '../../../btf/find.ts';
import type { Kind } from '../../../btf/kinds.ts';
import { typeAt } from '../../../btf/read-type.ts';
import type { Kernel, KernelBtf } from '../kernel.ts';
import { iteratedBy } from './argument-notes.ts';
import type { AttachedTo, AttachRejected, AttachResult } from './attach-target.ts';
import { attachTypeOf, type ContextProgram } from './program-types.ts';
import { holds } from './ranges.ts';
import { checkSignature } from './signature.ts';
import { checkTarget } from './target-permission.ts';

/** How the functions behind iterators and LSM hooks begin. */
const PREFIXES: Partial<Record<AttachType, string>> = {
  trace_iter: 'bpf_iter_',
  lsm_mac: 'bpf_lsm_',
  lsm_cgroup: 'bpf_lsm_',
};
/** How the typedef of a tracepoint's prototype begins. */
const TRACEPOINT = 'btf_trace_';
/** Attach types that not all kernels know; for the others there is no entry. */
const KERNELS: Partial<Record<AttachType, { readonly kernels: readonly { readonly since: string }[] }>> = {
  lsm_cgroup: { kernels: [{ since: 'v6.0' }] },
  trace_fsession: { kernels: [{ since: 'v7.1' }] },
};

/**
 * The function that a program is attached to: bpf_check_attach_target(), kernel/bpf/verifier.c, and what
 * check_attach_btf_id() does with it.
 */
export function attachFunction(kernel: Kernel, program: ContextProgram, rules: ProgTypeRules): AttachResult {
  const { attach, progType } = program;
  if (attach === undefined) return reject(`a ${progType} program has to name what it is attached to`);
  if (progType === 'ext') {
    return { kind: 'unsupported', reason: 'programs that are attached to other programs' };
  }
  if (attach.kind === 'member') return reject(`a ${progType} program is not attached to a member of a struct`);
  const attachType = attachTypeOf(program);
  switch (attachType) {
    case 'trace_raw_tp':
      return attachTracepoint(kernel, attach.name);
    case 'trace_iter':
    case 'trace_fentry':
    case 'trace_fexit':
    case 'trace_fsession':
    case 'modify_return':
    case 'lsm_mac':
    case 'lsm_cgroup':
      break;
    default:
      return reject(`a ${progType} program cannot have expected attach type ${String(program.expectedAttachType)}`);
  }
  if (!holds(KERNELS[attachType] ?? {}, kernel.version, undefined)) {
    return reject(`this kernel has no attach type ${attachType}`);
  }
  const found = find(kernel, [(PREFIXES[attachType] ?? '') + attach.name, attach.name], 'func');
  if (found === undefined) return { kind: 'unsupported', reason: `the kernel's BTF has no function ${attach.name}` };
  const prototype = typeAt(found.home.btf, targetOf(found.home.btf, found.typeId));
  if (prototype.kind !== 'func_proto') return reject(`${found.name} has no prototype`);
  const target: AttachedTo = { kind: 'function', ...found, struct: '', prototype, member: 0 };
  const unfit = checkSignature(kernel, target);
  if (unfit !== undefined) return unfit;
  if (attachType === 'trace_iter') {
    return iteratedBy(kernel, rules, target) === undefined ? reject(`there is no iterator ${found.name}`) : target;
  }
  return checkTarget(kernel, program, rules, target) ?? target;
}

function attachTracepoint(kernel: Kernel, name: string): AttachResult {
  const found = find(kernel, [TRACEPOINT + name, name], 'typedef');
  if (found === undefined) {
    return find(kernel, [name], 'func') === undefined
      ? { kind: 'unsupported', reason: `the kernel's BTF has no tracepoint ${name}` }
      : reject(`${name} is no tracepoint`);
  }
  if (!found.name.startsWith(TRACEPOINT)) return reject(`${name} is no tracepoint`);
  const { btf } = found.home;
  const pointer = typeAt(btf, targetOf(btf, found.typeId));
  const prototype = pointer.kind === 'ptr' ? typeAt(btf, pointer.type) : undefined;
  if (prototype?.kind !== 'func_proto') return reject(`${found.name} is no pointer to a function`);
  const tracepoint = found.name.slice(TRACEPOINT.length);
  return { kind: 'tracepoint', ...found, name: tracepoint, struct: '', prototype, member: 0 };
}

/** The first of some names that vmlinux or a module has. */
function find(
  kernel: Kernel,
  names: readonly string[],
  kind: Kind,
): { readonly name: string; readonly home: KernelBtf; readonly typeId: number } | undefined {
  for (const name of names) {
    for (const home of [kernel.vmlinux, ...kernel.modules]) {
      const typeId = findIdByName(home.btf, name, kind);
      if (typeId !== undefined) return { name, home, typeId };
    }
  }
  return undefined;
}

function reject(reason: string): AttachRejected {
  return { kind: 'rejected', errno: 'EINVAL', reason };
}
