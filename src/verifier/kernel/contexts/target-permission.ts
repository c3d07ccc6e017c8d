import type { AttachType, ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import { findIdByName } from '../../../btf/find.ts';
import { kfuncFlags } from '../../../tables/lookup.ts';
import type { Kernel } from '../kernel.ts';
import type { AttachedTo, AttachRejected, AttachUnsupported } from './attach-target.ts';
import { isListed } from './function-lists.ts';
import { attachTypeOf, type ContextProgram } from './program-types.ts';

/** How functions begin whose return values may be modified: SECURITY_PREFIX, kernel/bpf/verifier.c. */
const SECURITY = 'security_';
const LSM_HOOK = 'bpf_lsm_';
/** Attach types whose programs run when the function returns. */
const AFTER: readonly AttachType[] = ['trace_fexit', 'modify_return', 'trace_fsession'];

/** Whether a function lets a program be attached, as far as lists of the kernel decide that, and not its type. */
export function checkTarget(
  kernel: Kernel,
  program: ContextProgram,
  rules: ProgTypeRules,
  target: AttachedTo,
): AttachRejected | AttachUnsupported | undefined {
  const { name } = target;
  const permission = program.sleepable
    ? checkSleep(kernel, program, rules, target)
    : attachTypeOf(program) === 'modify_return'
      ? checkModification(kernel, rules, target)
      : undefined;
  if (permission !== undefined) return permission;
  if (program.progType === 'lsm') return checkHook(kernel, rules, name);
  if (isListed(rules, kernel, 'denied', name)) return reject(`no program may be attached to ${name}`);
  const isAfter = AFTER.some((attachType) => attachType === attachTypeOf(program));
  return isAfter && isListed(rules, kernel, 'no_return', name) ? reject(`${name} does not return`) : undefined;
}

/** bpf_lsm_verify_prog(), kernel/bpf/bpf_lsm.c. */
function checkHook(kernel: Kernel, rules: ProgTypeRules, name: string): AttachRejected | undefined {
  if (isListed(rules, kernel, 'disabled', name)) return reject(`${name} is a hook without programs`);
  const isHook = name.startsWith(LSM_HOOK) && !isListed(rules, kernel, 'no_hooks', name);
  return isHook ? undefined : reject(`${name} is no hook of the BPF LSM`);
}

/** Whether a sleepable program may be attached: bpf_check_attach_target(). */
function checkSleep(
  kernel: Kernel,
  program: ContextProgram,
  rules: ProgTypeRules,
  target: AttachedTo,
): AttachRejected | AttachUnsupported | undefined {
  const { name } = target;
  if (program.progType === 'lsm') {
    return isListed(rules, kernel, 'sleepable', name) ? undefined : reject(`${name} may not sleep`);
  }
  const flags = modifyReturnFlags(kernel, target) ?? 0;
  const bit = kernel.profile.flags['sleepable'];
  if (bit !== undefined && ((flags >>> bit) & 1) === 1) return undefined;
  const injected = isListed(rules, kernel, 'not_sleepable', name) ? false : isErrorInjected(kernel, rules, name);
  if (injected === undefined) return unknownInjection(name);
  return injected ? undefined : reject(`${name} may not sleep`);
}

/** Whether a program may change what a function returns: check_attach_modify_return(). */
function checkModification(
  kernel: Kernel,
  rules: ProgTypeRules,
  target: AttachedTo,
): AttachRejected | AttachUnsupported | undefined {
  const { name } = target;
  if (modifyReturnFlags(kernel, target) !== undefined || name.startsWith(SECURITY)) return undefined;
  const injected = isErrorInjected(kernel, rules, name);
  if (injected === undefined) return unknownInjection(name);
  return injected ? undefined : reject(`the return value of ${name} cannot be modified`);
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
