/** KMALLOC_MAX_SIZE of x86-64 with 4 KiB pages and SLUB, include/linux/slab.h. */
export const KMALLOC_MAX_SIZE = 1 << 22;
/** PCPU_MIN_UNIT_SIZE, include/linux/percpu.h. */
export const PCPU_MIN_UNIT_SIZE = 32 << 10;
export const PAGE_SIZE = 4096;
export const INT_MAX = 0x7fff_ffff;
/** Hash tables round their entries up to a power of 2 that has to fit 32 bits. */
export const LARGEST_TABLE = 2 ** 31;
/**
 * What is assumed of the machine: a map that takes more than this is not created for want of memory. What takes less
 * is, although small machines may not have it.
 */
export const MEMORY_BYTES = 2 ** 40;

export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

/** roundup_pow_of_two(), of a value from 1 on. */
export function roundUpToPowerOf2(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}
