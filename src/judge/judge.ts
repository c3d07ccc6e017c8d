import type { KernelBtf } from '../btf/resolver.ts';
import type { KernelTable } from '../tables/kernel-table.ts';
import { createHelperTable, helperName } from '../verifier/kernel/helpers.ts';
import { bootKernel, type Kernel } from '../verifier/kernel/kernel.ts';

/** A kernel that judges programs, and what its reports need to know of it. */
export interface Judge {
  readonly version: string;
  readonly kernel: Kernel;
  /** What the registry says of its version. */
  readonly table: KernelTable;
  readonly given: KernelBtf;
  /** What a helper is called, with its prefix. */
  readonly helper: (number: number) => string;
}

/**
 * Boots a kernel that is to judge programs.
 *
 * @param table of its version
 * @param given the BTF of its vmlinux, and of the modules that are loaded
 * @throws BtfError if the BTF can't be searched
 */
export function openJudge(table: KernelTable, given: KernelBtf): Judge {
  const { version } = table.profile;
  const kernel = bootKernel(table, given.vmlinux, given.modules);
  return { version, kernel, table, given, helper: helperNames(version) };
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
