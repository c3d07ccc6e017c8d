import { nearestKernel } from '../btf-kernel/nearest-kernel.ts';
import type { GivenKernel } from '../btf-kernel/open-kernels.ts';
import type { KernelModel } from '../declarations/model.ts';
import type { Registry } from '../declarations/registry.ts';

/** A kernel whose BTF was given, and what the declarations say of the version it is taken for. */
export interface JudgedKernel {
  readonly given: GivenKernel;
  readonly model: KernelModel;
}

/** Each kernel with the declarations of the nearest version among those that are to be judged. */
export function judgedKernels({ model }: Registry, given: readonly GivenKernel[]): readonly JudgedKernel[] {
  return given.flatMap((kernel) => {
    const nearest = nearestKernel(kernel.vmlinux, model.kernels);
    return nearest === undefined ? [] : [{ given: kernel, model: nearest }];
  });
}
