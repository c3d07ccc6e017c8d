import type { Kernel } from '../../generated/types/kernel.ts';
import { hookOf } from '../declarations/hook-of.ts';
import { FMODRET, type TypeAnswer } from './answers.ts';

/** What registrations a kernel's answers about a kfunc need. */
export interface ObservedHooks {
  readonly hooks: ReadonlySet<string>;
  /** Program types that may call it and map to no hook of the kernel that is assumed: another kernel's registration. */
  readonly beyond: readonly string[];
}

/**
 * The hooks for which a kfunc has to be registered for a kernel to answer so, as the kernel looks them up
 * (kernel/bpf/btf.c, btf_kfunc_id_set_contains()): each hook one of whose program types may call it, and the common one
 * if all types may that map to no hook.
 */
export function observedHooks(answers: ReadonlyMap<string, TypeAnswer>, kernel: Kernel): ObservedHooks {
  const hooks = new Set<string>();
  const beyond: string[] = [];
  let isCommon = kernel.hooks['common'] !== undefined;
  for (const [type, { verdict }] of answers) {
    const hook = type === FMODRET ? FMODRET : hookOf(kernel, type);
    if (verdict === 'allowed') {
      if (hook === undefined) {
        beyond.push(type);
      } else {
        hooks.add(hook);
      }
    } else if (verdict === 'refused' && hook === undefined) {
      isCommon = false;
    }
  }
  return isCommon && beyond.length > 0 ? { hooks: hooks.add('common'), beyond: [] } : { hooks, beyond };
}

/** Those of the hooks that are not there already; what is registered for all types needs no other hook. */
export function hooksBeside(observed: ReadonlySet<string>, covered: ReadonlySet<string>): readonly string[] {
  const isImplied = (hook: string): boolean => hook !== 'common' && hook !== FMODRET && observed.has('common');
  return [...observed].filter((hook) => !covered.has(hook) && !isImplied(hook));
}
