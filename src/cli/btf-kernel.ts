import { nearestKernel } from '../../generator/btf-kernel/nearest-kernel.ts';
import { openKernels } from '../../generator/btf-kernel/open-kernels.ts';
import type { JudgedKernel } from '../../generator/btf-rules/judged-kernel.ts';
import type { Registry } from '../../generator/declarations/registry.ts';
import { kernelModel } from './kernel-model.ts';
import { UsageError } from './usage-error.ts';

/**
 * Opens a kernel's BTF and that of its modules, with the version of the registry that it is taken for.
 *
 * @param asked the version to take it for; the nearest where none is named
 * @throws InputError for files that can't be read, UsageError if they are not one vmlinux and its modules
 */
export async function readKernel(
  registry: Registry,
  path: string,
  modules: readonly string[],
  asked: string | undefined,
): Promise<JudgedKernel> {
  const [given, ...others] = await openKernels([path, ...modules]);
  if (given === undefined || others.length > 0) {
    throw new UsageError('name one vmlinux with --btf, and its modules with --module-btf');
  }
  const { kernels } = registry.model;
  const model = asked === undefined ? nearestKernel(given.vmlinux, kernels) : kernelModel(registry, asked);
  return { given, model: model ?? kernelModel(registry, undefined) };
}
