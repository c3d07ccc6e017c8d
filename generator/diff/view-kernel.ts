import { printConfigExpression } from '../c/config-expression.ts';
import { allConditions, kfuncEntries } from '../declarations/entries.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { KernelModel } from '../declarations/model.ts';
import type { KernelView, KfuncView } from '../../src/diff/kernel-view.ts';

/** BPF_PROG_TYPE_UNSPEC, which a set for all program types is registered by. */
const ANY = 'unspec';

/**
 * The kfuncs of a kernel by name, as programs see them. A program type can call what was registered for any type of its
 * hook, so the hook's types count all.
 */
export function viewKernel(model: KernelModel): KernelView {
  const kfuncs = new Map<string, KfuncView>();
  for (const { source, set, kfunc, hook } of kfuncEntries(model)) {
    if (!kfunc.check) {
      continue;
    }
    const known = kfuncs.get(kfunc.name);
    const progTypes = new Map(known?.progTypes);
    for (const progType of callersOf(model.kernel, hook)) {
      progTypes.set(progType, new Set([...(progTypes.get(progType) ?? []), ...kfunc.flags]));
    }
    const condition = allConditions(source.config, set.config, kfunc.config);
    kfuncs.set(kfunc.name, {
      name: kfunc.name,
      owners: new Set([...(known?.owners ?? []), source.owner]),
      progTypes,
      conditions: new Set([
        ...(known?.conditions ?? []),
        condition === undefined ? '' : printConfigExpression(condition),
      ]),
      prototype: known?.prototype ?? kfunc.prototype?.prototype,
    });
  }
  const dtors = model.sources.flatMap(({ owner, dtors: pairs }) =>
    pairs.map(({ type, kfunc }) => [type, { kfunc, owner }] as const),
  );
  return { flags: new Set(Object.keys(model.kernel.flags)), kfuncs, dtors: new Map(dtors) };
}

/**
 * The program types that can call what is registered for a hook; what is registered for no type can be called by all
 * (from v6.3: kernel/bpf/btf.c, btf_kfunc_id_set_contains(), BTF_KFUNC_HOOK_COMMON).
 */
export function callersOf(kernel: Kernel, hook: string): readonly string[] {
  const types = kernel.hooks[hook]?.prog_types ?? [];
  return types.includes(ANY) ? kernel.prog_types.filter((type) => type !== ANY) : types;
}
