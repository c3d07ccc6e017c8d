/** Names that are listed one by one; more are told by the first, the last and their number. */
const MOST = 4;

/** Kernels, oldest first, in words. */
export function kernelNames(kernels: readonly string[]): string {
  const [first = ''] = kernels;
  return kernels.length <= MOST
    ? kernels.join(', ')
    : `${String(kernels.length)} kernels from ${first} to ${kernels.at(-1) ?? first}`;
}
