import type { Kernel } from '../../generated/types/kernel.ts';
import { hookOf } from '../declarations/hook-of.ts';
import { FMODRET, type TypeAnswer } from './answers.ts';

/**
 * The hooks for which a kfunc has to be registered for a kernel to answer so, as the kernel looks them up
 * (kernel/bpf/btf.c, btf_kfunc_id_set_contains()): each hook one of whose program types may call it, and the common one
 * if a type may that maps to no hook.
 */
export function observedHooks(answers: ReadonlyMap<string, TypeAnswer>, kernel: Kernel): ReadonlySet<string> {
  const hooks = new Set<string>();
  for (const [type, { verdict }] of answers) {
    if (verdict === 'allowed') {
      hooks.add(type === FMODRET ? FMODRET : (hookOf(kernel, type) ?? 'common'));
    }
  }
  return hooks;
}

/** Those of the hooks that are not there already; what is registered for all types needs no other hook. */
export function hooksBeside(observed: ReadonlySet<string>, covered: ReadonlySet<string>): readonly string[] {
  const [common, needed] = ['common', [...observed].filter((hook) => !covered.has(hook))];
  const isImplied = (hook: string): boolean => hook !== common && hook !== FMODRET && observed.has(common);
  return needed.filter((hook) => !isImplied(hook));
}
