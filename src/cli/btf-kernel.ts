import { nearestKernel } from '../../generator/btf-kernel/nearest-kernel.ts';
import { openKernels, type GivenKernel } from '../../generator/btf-kernel/open-kernels.ts';
import type { KernelModel } from '../../generator/declarations/model.ts';
import type { Registry } from '../../generator/declarations/registry.ts';
import { kernelModel } from './kernel-model.ts';
import { UsageError } from './usage-error.ts';

/** One kernel as its BTF has it, and the version of the registry that it is taken for. */
export interface ReadKernel {
  readonly given: GivenKernel;
  readonly model: KernelModel;
}

/**
 * Opens a kernel's BTF and that of its modules.
 *
 * @param asked the version to take it for; the nearest where none is named
 * @throws InputError for files that can't be read, UsageError if they are not one vmlinux and its modules
 */
export async function readKernel(
  registry: Registry,
  path: string,
  modules: readonly string[],
  asked: string | undefined,
): Promise<ReadKernel> {
  const [given, ...others] = await openKernels([path, ...modules]);
  if (given === undefined || others.length > 0) {
    throw new UsageError('name one vmlinux with --btf, and its modules with --module-btf');
  }
  const { kernels } = registry.model;
  const model = asked === undefined ? nearestKernel(given.vmlinux, kernels) : kernelModel(registry, asked);
  return { given, model: model ?? kernelModel(registry, undefined) };
}
