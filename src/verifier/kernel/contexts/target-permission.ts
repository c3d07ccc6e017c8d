import type { ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import { findIdByName } from '../../../btf/find.ts';
import { kfuncFlags } from '../../../tables/lookup.ts';
import type { Kernel } from '../kernel.ts';
import type { AttachedTo, AttachRejected, AttachUnsupported } from './attach-target.ts';
import { isListed } from './function-lists.ts';
import { attachTypeOf, type ContextProgram } from './program-types.ts';

/** check_attach_modify_return(), kernel/bpf/verifier.c. */
const SECURITY = 'security_';
const LSM_HOOK = 'bpf_lsm_';

/** Whether a function lets a program be attached, as far as lists of the kernel decide that, and not its type. */
export function checkTarget(
  kernel: Kernel,
  program: ContextProgram,
  rules: ProgTypeRules,
  target: AttachedTo,
): AttachRejected | AttachUnsupported | undefined {
  return program.progType === 'lsm'
    ? checkHook(kernel, program, rules, target)
    : checkTraced(kernel, program, rules, target);
}

/** bpf_lsm_verify_prog() and bpf_lsm_is_sleepable_hook(), kernel/bpf/bpf_lsm.c. */
function checkHook(
  kernel: Kernel,
  program: ContextProgram,
  rules: ProgTypeRules,
  { name }: AttachedTo,
): AttachRejected | undefined {
  if (program.sleepable && !isListed(rules, kernel, 'sleepable', name)) return reject(`${name} may not sleep`);
  if (isListed(rules, kernel, 'disabled', name)) return reject(`${name} is a hook without programs`);
  const isHook = name.startsWith(LSM_HOOK) && !isListed(rules, kernel, 'no_hooks', name);
  return isHook ? undefined : reject(`${name} is no hook of the BPF LSM`);
}

function checkTraced(
  kernel: Kernel,
  program: ContextProgram,
  rules: ProgTypeRules,
  target: AttachedTo,
): AttachRejected | AttachUnsupported | undefined {
  const { name } = target;
  const attachType = attachTypeOf(program);
  const flags = modifyReturnFlags(kernel, target);
  if (program.sleepable) {
    const sleepableBit = kernel.profile.flags['sleepable'];
    const isMarked = flags !== undefined && sleepableBit !== undefined && ((flags >>> sleepableBit) & 1) === 1;
    const isExcepted = isListed(rules, kernel, 'not_sleepable', name);
    const injected = isMarked ? true : isExcepted ? false : isErrorInjected(kernel, rules, name);
    if (injected === undefined) return unknownInjection(name);
    if (!injected) return reject(`${name} may not sleep`);
  } else if (attachType === 'modify_return' && flags === undefined && !name.startsWith(SECURITY)) {
    const injected = isErrorInjected(kernel, rules, name);
    if (injected === undefined) return unknownInjection(name);
    if (!injected) return reject(`the return value of ${name} cannot be modified`);
  }
  if (isListed(rules, kernel, 'denied', name)) return reject(`no program may be attached to ${name}`);
  const isAfter = attachType === 'trace_fexit' || attachType === 'modify_return' || attachType === 'trace_fsession';
  return isAfter && isListed(rules, kernel, 'no_return', name) ? reject(`${name} does not return`) : undefined;
}

/** btf_kfunc_is_modify_return(): the flags of a function that is registered for the hook fmodret. */
function modifyReturnFlags(kernel: Kernel, { home, typeId }: AttachedTo): number | undefined {
  if (home.object === undefined || kernel.profile.hooks['fmodret'] === undefined) return undefined;
  return kfuncFlags(kernel.state, home.object, 'fmodret', typeId);
}

/**
 * within_error_injection_list(). Whether a kernel has error injection shows in its BTF, if that is whole; undefined: it
 * is not.
 */
function isErrorInjected(kernel: Kernel, rules: ProgTypeRules, name: string): boolean | undefined {
  if (!isListed(rules, kernel, 'error_injection', name)) return false;
  const { btf } = kernel.vmlinux;
  if (findIdByName(btf, 'within_error_injection_list', 'func') !== undefined) return true;
  return findIdByName(btf, 'bpf_check', 'func') === undefined ? undefined : false;
}

function unknownInjection(name: string): AttachUnsupported {
  return { kind: 'unsupported', reason: `this BTF does not tell whether errors may be injected into ${name}` };
}

function reject(reason: string): AttachRejected {
  return { kind: 'rejected', errno: 'EINVAL', reason };
}
