import type { GivenKernel } from '../../../generator/btf-kernel/open-kernels.ts';
import type { Registry } from '../../../generator/declarations/registry.ts';
import { kernelTable } from '../../../generator/targets/tables-kernel.ts';
import { openJudge, type Judge } from '../../judge/judge.ts';
import { readKernel } from '../btf-kernel.ts';
import { UsageError } from '../usage-error.ts';
import { kernelRequests, type KernelOptions } from './kernel-requests.ts';

/** A kernel that judges programs, with the file that its BTF came in. */
export interface NamedJudge extends Judge {
  readonly given: GivenKernel;
  /** Whether it was asked for by name; else it is the nearest to its BTF. */
  readonly isAsked: boolean;
}

/**
 * Boots the kernels that are asked for.
 *
 * @throws UsageError, InputError
 */
export async function openJudges(registry: Registry, options: KernelOptions): Promise<readonly NamedJudge[]> {
  const judges: NamedJudge[] = [];
  for (const { kernel: asked, btf, modules } of kernelRequests(options)) {
    const { given, model } = await readKernel(registry, btf, modules, asked);
    const { version } = model.kernel;
    if (judges.some((judge) => judge.version === version)) {
      throw new UsageError(`${btf} is taken for ${version}, as another file is: name the kernels, as --btf v6.1=FILE`);
    }
    judges.push({ ...openJudge(kernelTable(model), given), given, isAsked: asked !== undefined });
  }
  return judges;
}
