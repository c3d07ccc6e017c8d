import type { Change } from '../../generated/types/diff.ts';
import type { KernelModel, Model } from '../declarations/model.ts';
import { compareKernels, type KernelChange } from './compare-kernels.ts';
import { viewKernel } from './kernel-view.ts';

/** How two kernels differ; breaking changes first. */
export function diffKernels(old: KernelModel, now: KernelModel): readonly Change[] {
  return sorted(compareKernels(viewKernel(old), viewKernel(now)).map((change) => ({ ...change, kernels: [] })));
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
  return sorted([...merged.values()].map(({ change, kernels }) => ({ ...change, kernels })));
}

function sorted(changes: readonly Change[]): readonly Change[] {
  const key = ({ breaking, name, kind, message }: Change): string => [breaking ? 0 : 1, name, kind, message].join('\0');
  return changes.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
