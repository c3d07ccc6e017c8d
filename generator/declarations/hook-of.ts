import type { Kernel } from '../../generated/types/kernel.ts';

const known = new WeakMap<Kernel, ReadonlyMap<string, string>>();

/** The hook that a program type maps to (kernel/bpf/btf.c, bpf_prog_type_to_kfunc_hook()); undefined where to none. */
export function hookOf(kernel: Kernel, progType: string): string | undefined {
  const hooks =
    known.get(kernel) ??
    new Map(
      Object.entries(kernel.hooks).flatMap(([name, hook]) => hook.prog_types.map((each) => [each, name] as const)),
    );
  known.set(kernel, hooks);
  return hooks.get(progType);
}
