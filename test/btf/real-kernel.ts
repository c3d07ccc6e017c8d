import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { debianKernel } from '../kernel/machine/kernels.ts';

/** A kernel as a distribution ships it, by the paths of its files. */
export interface RealKernel {
  readonly vmlinuz: string;
  /** What was unpacked from it. */
  readonly vmlinux: string;
  readonly modules: readonly string[];
}

/** Debian's cloud kernel 6.1, from the cache or else by apt; or why it can't be had. */
export async function realKernel(): Promise<RealKernel | string> {
  const kernel = await debianKernel('v6.1');
  if ('missing' in kernel) return kernel.missing;
  const { modules = '' } = kernel;
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' });
  return {
    vmlinuz: kernel.image,
    vmlinux: kernel.vmlinux,
    modules: files.filter((file) => file.endsWith('.ko')).map((file) => join(modules, file)),
  };
}
