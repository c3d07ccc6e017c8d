import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Declaration } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import { openKernels } from '../../generator/btf-kernel/open-kernels.ts';
import { isBtfIdsError } from '../../generator/btf-ids/btf-ids-error.ts';
import { findDeclarations } from '../../generator/declarations/find-files.ts';
import { InputError, inputError } from '../../generator/declarations/input-error.ts';
import { isImageError } from '../../generator/importers/image/image-error.ts';
import { importBinary } from '../../generator/importers/vmlinux/import-binary.ts';
import { unpackKernel } from '../../generator/importers/vmlinuz.ts';
import { isBtfError } from '../btf/btf-error.ts';
import { isElfError } from '../elf/elf-error.ts';

/** What a binary gave. */
export interface VmlinuxImport {
  readonly declarations: readonly Declaration[];
  /** What can't be told from it, in sentences. */
  readonly problems: readonly string[];
}

/**
 * Reads the declarations of a vmlinux, a vmlinuz or a module.
 *
 * @param base file with the BTF of vmlinux, which a module's continues
 * @param registry what tells the hooks and source files, which no binary has
 * @throws InputError where a file can't be read, or is none of these
 */
export async function importVmlinux(
  file: string,
  base: string | undefined,
  version: string,
  kernels: readonly Kernel[],
  registry: string,
): Promise<VmlinuxImport> {
  const [vmlinux] = base === undefined ? [] : await openKernels([base]);
  const declarations = findDeclarations(registry).map((path) => parse(readFileSync(path, 'utf8')) as Declaration);
  try {
    const bytes = await unpackKernel(readFile(file));
    const context = { base: vmlinux?.vmlinux, version, kernels, declarations };
    const { declarations: found, problems } = importBinary(bytes, context);
    return { declarations: found, problems };
  } catch (error) {
    if (isElfError(error) || isBtfError(error) || isBtfIdsError(error) || isImageError(error)) {
      throw new InputError(file, error.message);
    }
    throw error;
  }
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw inputError(path, error);
  }
}
