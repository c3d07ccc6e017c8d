import { readFileSync } from 'node:fs';
import { isBtfError } from '../../src/btf/btf-error.ts';
import type { Btf } from '../../src/btf/btf.ts';
import { openBtfFile } from '../../src/btf/open-btf-file.ts';
import { relocateBtf } from '../../src/btf/relocate.ts';
import type { KernelBtf } from '../../src/btf/resolver.ts';
import { isElfError } from '../../src/elf/elf-error.ts';
import { moduleName } from '../../src/elf/module-name.ts';
import { InputError, inputError } from '../declarations/input-error.ts';
import { isImageError } from '../importers/image/image-error.ts';
import { unpackBtf } from '../importers/vmlinuz.ts';

/** A kernel whose BTF was given. */
export interface GivenKernel extends KernelBtf {
  /** The file of vmlinux, as it was named. */
  readonly path: string;
}

interface OpenedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Undefined if it is split BTF, which needs a base. */
  readonly btf: Btf | undefined;
}

/**
 * Opens the BTF of kernels and modules: raw, as in /sys/kernel/btf/, or in ELF files, compressed ones and vmlinuz images
 * too, also those that hold no ELF file. A module belongs to the vmlinux that is named before it; one named before any, to the first.
 *
 * @throws InputError for a file that can't be read, is no BTF, or is that of a module without any vmlinux
 */
export async function openKernels(paths: readonly string[]): Promise<readonly GivenKernel[]> {
  const files: OpenedFile[] = [];
  for (const path of paths) {
    files.push(await openAlone(path));
  }
  const kernels: { path: string; vmlinux: Btf; modules: Map<string, Btf> }[] = files.flatMap(({ path, btf }) =>
    btf === undefined || btf.base !== undefined ? [] : [{ path, vmlinux: btf, modules: new Map<string, Btf>() }],
  );
  let next = 0;
  for (const { path, bytes, btf } of files) {
    if (btf !== undefined && btf.base === undefined) {
      next++;
      continue;
    }
    const kernel = kernels[Math.max(next - 1, 0)];
    if (kernel === undefined) {
      throw new InputError(path, 'it is the BTF of a module, which needs that of its vmlinux beside it');
    }
    kernel.modules.set(
      reading(path, () => moduleName(path, bytes)),
      // One that carries a base of its own is counted on that, and the kernel brings it onto its own.
      reading(path, () =>
        btf === undefined ? openBtfFile(bytes, { base: kernel.vmlinux }) : relocateBtf(btf, kernel.vmlinux),
      ),
    );
  }
  return kernels;
}

/** A module may carry its base with it; what has none and needs one is opened when its vmlinux is known. */
async function openAlone(path: string): Promise<OpenedFile> {
  const bytes = await readBytes(path);
  try {
    return { path, bytes, btf: openBtfFile(bytes) };
  } catch (error) {
    if (isBtfError(error) && error.code === 'bad-base') {
      return { path, bytes, btf: undefined };
    }
    throw readableError(path, error);
  }
}

/** Raw BTF as it is, or the ELF file in what was named. */
async function readBytes(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw inputError(path, error);
  }
  try {
    return isRawBtf(bytes) ? bytes : await unpackBtf(bytes);
  } catch (error) {
    throw readableError(path, error);
  }
}

/** By the magic, in either byte order (include/uapi/linux/btf.h, BTF_MAGIC). */
function isRawBtf([first, second]: Uint8Array): boolean {
  return (first === 0x9f && second === 0xeb) || (first === 0xeb && second === 0x9f);
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw readableError(path, error);
  }
}

function readableError(path: string, error: unknown): unknown {
  return isBtfError(error) || isElfError(error) || isImageError(error) ? new InputError(path, error.message) : error;
}
