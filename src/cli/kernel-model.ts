import type { KernelModel } from '../../generator/declarations/model.ts';
import type { Registry } from '../../generator/declarations/registry.ts';
import { kernelNamed, newestKernel } from './registry-paths.ts';

/** What a kernel has; of the newest where none is named. */
export function kernelModel(registry: Registry, name: string | undefined): KernelModel {
  const kernel = name === undefined ? newestKernel(registry.kernels) : kernelNamed(name, registry.kernels);
  const model = registry.model.kernels.find((each) => each.kernel === kernel);
  if (model === undefined) {
    throw new Error(`kernel ${kernel.version} was not projected`);
  }
  return model;
}
