import type { Change } from '../../generated/types/diff.ts';
import type { KernelModel, Model } from '../declarations/model.ts';
import { breakingFirst, compareKernels, type KernelChange } from '../../src/diff/compare-kernels.ts';
import { viewKernel } from './view-kernel.ts';

/** How two kernels differ; breaking changes first. */
export function diffKernels(old: KernelModel, now: KernelModel): readonly Change[] {
  return breakingFirst(compareKernels(viewKernel(old), viewKernel(now)).map((change) => ({ ...change, kernels: [] })));
}

/** How two registries differ, kernel by kernel; a change that several kernels share is one, and names them. */
export function diffModels(old: Model, now: Model): readonly Change[] {
  const merged = new Map<string, { readonly change: KernelChange; readonly kernels: string[] }>();
  for (const model of now.kernels) {
    const { version } = model.kernel;
    const before = old.kernels.find(({ kernel }) => kernel.version === version) ?? {
      kernel: model.kernel,
      sources: [],
    };
    for (const change of compareKernels(viewKernel(before), viewKernel(model))) {
      const key = JSON.stringify(change);
      const known = merged.get(key) ?? { change, kernels: [] };
      known.kernels.push(version);
      merged.set(key, known);
    }
  }
  return breakingFirst([...merged.values()].map(({ change, kernels }) => ({ ...change, kernels })));
}
