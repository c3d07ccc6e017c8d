import type { GivenKernel } from '../../../generator/btf-kernel/open-kernels.ts';
import type { Registry } from '../../../generator/declarations/registry.ts';
import { kernelTable } from '../../../generator/targets/tables-kernel.ts';
import type { KernelTable } from '../../tables/kernel-table.ts';
import { createHelperTable, helperName } from '../../verifier/kernel/helpers.ts';
import { bootKernel, type Kernel } from '../../verifier/kernel/kernel.ts';
import { readKernel } from '../btf-kernel.ts';
import { UsageError } from '../usage-error.ts';
import { kernelRequests, type KernelOptions } from './kernel-requests.ts';

/** A kernel that judges programs. */
export interface Judge {
  readonly version: string;
  readonly kernel: Kernel;
  /** What the registry says of its version. */
  readonly table: KernelTable;
  readonly given: GivenKernel;
  /** Whether it was asked for by name; else it is the nearest to its BTF. */
  readonly isAsked: boolean;
  /** What a helper is called, with its prefix. */
  readonly helper: (number: number) => string;
}

/**
 * Boots the kernels that are asked for.
 *
 * @throws UsageError, InputError
 */
export async function openJudges(registry: Registry, options: KernelOptions): Promise<readonly Judge[]> {
  const judges: Judge[] = [];
  for (const { kernel: asked, btf, modules } of kernelRequests(options)) {
    const { given, model } = await readKernel(registry, btf, modules, asked);
    const { version } = model.kernel;
    if (judges.some((judge) => judge.version === version)) {
      throw new UsageError(`${btf} is taken for ${version}, as another file is: name the kernels, as --btf v6.1=FILE`);
    }
    const table = kernelTable(model);
    const kernel = bootKernel(table, given.vmlinux, given.modules);
    judges.push({ version, kernel, table, given, isAsked: asked !== undefined, helper: helperNames(version) });
  }
  return judges;
}

/** Names are needed where something is explained: the table is made when the first is asked for. */
function helperNames(version: string): (number: number) => string {
  let table: ReturnType<typeof createHelperTable> | undefined;
  return (number) => {
    table ??= createHelperTable(version);
    const name = helperName(table, number);
    return name.startsWith('#') ? name : `bpf_${name}`;
  };
}
