import { breakingFirst, compareKernels, type KernelChange } from '../../src/diff/compare-kernels.ts';
import type { Catalog } from './catalog.ts';
import { viewKernel } from './kernel-views.ts';

/** What changed from one kernel to the next that is known. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly KernelChange[];
}

/** What differs between two kernels for the programs that they run; breaking changes first. */
export function changesBetween(catalog: Catalog, from: number, to: number): readonly KernelChange[] {
  return breakingFirst(compareKernels(viewKernel(catalog, from), viewKernel(catalog, to)));
}

const steps = new WeakMap<Catalog, readonly Step[]>();

/** What changed from kernel to kernel, oldest first. */
export function stepsOf(catalog: Catalog): readonly Step[] {
  const known =
    steps.get(catalog) ??
    catalog.kernels
      .slice(1)
      .map((_, from) => ({ from, to: from + 1, changes: changesBetween(catalog, from, from + 1) }));
  steps.set(catalog, known);
  return known;
}

/** What changed for one kfunc, and for the types that it destroys; only steps that changed something. */
export function historyOf(catalog: Catalog, name: string): readonly Step[] {
  const types = new Set(catalog.kfuncNamed.get(name)?.dtors?.map(({ type }) => type));
  const isOurs = ({ name: subject, kind }: KernelChange): boolean =>
    kind.startsWith('dtor-') ? types.has(subject) : subject === name;
  return stepsOf(catalog)
    .map((step) => ({ ...step, changes: step.changes.filter(isOurs) }))
    .filter(({ changes }) => changes.length > 0);
}
