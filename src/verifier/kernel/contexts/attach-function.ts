import type { Functions, ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import { targetOf } from '../../../btf/btf.ts';
import { findIdByName } from '../../../btf/find.ts';
import { typeAt } from '../../../btf/read-type.ts';
import type { Kind } from '../../../btf/kinds.ts';
import type { Kernel, KernelBtf } from '../kernel.ts';
import type { AttachedTo, AttachRejected, AttachResult } from './attach-target.ts';
import { attachTypeOf, type ContextProgram } from './program-types.ts';
import { checkSignature } from './signature.ts';
import { holds } from './ranges.ts';

/** How the typedef of a tracepoint's prototype, and the functions behind LSM hooks and iterators, begin. */
const PREFIXES = { trace_raw_tp: 'btf_trace_', trace_iter: 'bpf_iter_', lsm_mac: 'bpf_lsm_', lsm_cgroup: 'bpf_lsm_' };
const SECURITY = 'security_';

/** The function that a program is attached to: bpf_check_attach_target() and what check_attach_btf_id() does with it. */
export function attachFunction(kernel: Kernel, program: ContextProgram, rules: ProgTypeRules): AttachResult {
  const { attach, progType } = program;
  if (progType === 'ext') return { kind: 'unsupported', reason: 'programs that replace functions of other programs' };
  if (attach?.kind !== 'function') return reject(`a ${progType} program has to name what it is attached to`);
  const attachType = attachTypeOf(program);
  switch (attachType) {
    case 'trace_raw_tp':
      return attachTracepoint(kernel, attach.name);
    case 'trace_iter':
    case 'trace_fentry':
    case 'trace_fexit':
    case 'modify_return':
    case 'lsm_mac':
      break;
    case 'lsm_cgroup':
    case 'trace_fsession':
      if (holds(SINCE[attachType], kernel.version, undefined)) break;
      return reject(`this kernel has no attach type ${attachType}`);
    default:
      return reject(`a ${progType} program cannot have expected attach type ${String(program.expectedAttachType)}`);
  }
  const prefix = attachType in PREFIXES ? PREFIXES[attachType as keyof typeof PREFIXES] : '';
  const found = find(kernel, [prefix + attach.name, attach.name], 'func');
  if (found === undefined) return { kind: 'unsupported', reason: `the kernel's BTF has no function ${attach.name}` };
  const prototype = typeAt(found.home.btf, targetOf(found.home.btf, found.typeId));
  if (prototype.kind !== 'func_proto') return reject(`${found.name} has no prototype`);
  const target: AttachedTo = { kind: 'function', ...found, prototype, member: 0 };
  return checkSignature(kernel, target) ?? checkFunction(kernel, program, rules, target) ?? target;
}

const SINCE = {
  lsm_cgroup: { kernels: [{ since: 'v6.0' }] },
  trace_fsession: { kernels: [{ since: 'v7.0' }] },
};

function attachTracepoint(kernel: Kernel, name: string): AttachResult {
  const found = find(kernel, [PREFIXES.trace_raw_tp + name, name], 'typedef');
  if (found === undefined) return { kind: 'unsupported', reason: `the kernel's BTF has no tracepoint ${name}` };
  if (!found.name.startsWith(PREFIXES.trace_raw_tp)) return reject(`${name} is no tracepoint`);
  const { btf } = found.home;
  const pointer = typeAt(btf, targetOf(btf, found.typeId));
  const prototype = pointer.kind === 'ptr' ? typeAt(btf, pointer.type) : undefined;
  if (prototype?.kind !== 'func_proto') return reject(`${found.name} is no pointer to a function`);
  return { kind: 'tracepoint', ...found, name: found.name.slice(PREFIXES.trace_raw_tp.length), prototype, member: 0 };
}

/** What depends on lists of functions that are not in BTF. */
function checkFunction(
  kernel: Kernel,
  program: ContextProgram,
  rules: ProgTypeRules,
  { name }: AttachedTo,
): AttachRejected | AttachResult | undefined {
  const attachType = attachTypeOf(program);
  const isIn = (list: Functions['list']): boolean => isListed(rules, kernel, list, name);
  if (attachType === 'trace_iter') return undefined;
  if (program.progType === 'lsm') {
    if (program.sleepable && !isIn('sleepable')) return reject(`${name} does not let programs sleep`);
    if (isIn('disabled')) return reject(`${name} is a disabled hook`);
    return name.startsWith(PREFIXES.lsm_mac) ? undefined : reject(`${name} is no hook of the BPF LSM`);
  }
  if (program.sleepable && (isIn('not_sleepable') || !isIn('error_injection'))) {
    return reject(`${name} does not let programs sleep`);
  }
  if (!program.sleepable && attachType === 'modify_return' && !isIn('error_injection') && !name.startsWith(SECURITY)) {
    return reject(`the return value of ${name} cannot be modified`);
  }
  return isIn('denied') ? reject(`no program may be attached to ${name}`) : undefined;
}

function isListed(rules: ProgTypeRules, kernel: Kernel, list: Functions['list'], name: string): boolean {
  const matches = (pattern: string): boolean =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  return (
    rules.functions?.some(
      (each) => each.list === list && holds(each, kernel.version, undefined) && each.names.some(matches),
    ) ?? false
  );
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
