import type { Kernel } from '../../generated/types/kernel.ts';
import { includes, type KernelRange } from '../declarations/kernel-range.ts';
import type { Registry } from '../declarations/registry.ts';

const selections = new WeakMap<Registry, ReadonlySet<Kernel>>();

/** The selected kernels of a range. */
export function kernelsOf(registry: Registry, range: KernelRange): readonly Kernel[] {
  const selected = selections.get(registry) ?? new Set(registry.model.kernels.map(({ kernel }) => kernel));
  selections.set(registry, selected);
  return registry.kernels.filter((kernel, index) => includes(range, index) && selected.has(kernel));
}

/** What to write so that an entry holds only for kernels that have the thing. */
export function advice(registry: Registry, has: (kernel: Kernel) => boolean): string {
  const having = registry.kernels.filter(has);
  const [first] = having;
  if (first === undefined) {
    return 'no kernel with a profile has it';
  }
  const after = registry.kernels[registry.kernels.indexOf(having.at(-1) ?? first) + 1];
  const since = first === registry.kernels[0] ? [] : [`since: ${first.version}`];
  const until = after === undefined ? [] : [`until: ${after.version}`];
  return `restrict the entry by \`${[...since, ...until].join(', ')}\``;
}
