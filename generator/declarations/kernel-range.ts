import type { Kernel } from '../../generated/types/kernel.ts';

/** The kernels from one to before another, as indexes into the list of kernels, oldest first; empty if from >= to. */
export interface KernelRange {
  readonly from: number;
  readonly to: number;
}

/** Sorts kernel profiles from the oldest to the newest release series. */
export function sortKernels(kernels: readonly Kernel[]): Kernel[] {
  return kernels.toSorted((a, b) => compareVersions(a.version, b.version));
}

/** Compares `v5.19` with `v6.1` by their numbers. */
export function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = numbersOf(a);
  const [majorB = 0, minorB = 0] = numbersOf(b);
  return majorA - majorB || minorA - minorB;
}

export function intersect(a: KernelRange, b: KernelRange): KernelRange {
  return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
}

export function isEmpty(range: KernelRange): boolean {
  return range.from >= range.to;
}

export function includes(range: KernelRange, index: number): boolean {
  return range.from <= index && index < range.to;
}

function numbersOf(version: string): number[] {
  return version.replace(/^v/, '').split('.').map(Number);
}
