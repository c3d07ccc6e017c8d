import { isEmpty, type KernelRange } from '../../declarations/kernel-range.ts';

/** An entry that stands in a list already. */
export interface Standing<K extends string = string> {
  /** Entries with the same key say the same of different kernels. */
  readonly key: K;
  /** The kernels it holds for. */
  readonly range: KernelRange;
}

/** An entry of the list as it shall be. */
export interface Slot<K extends string = string> extends Standing<K> {
  /** Its position in the list as it is; undefined for one that is new. */
  readonly from: number | undefined;
}

/**
 * Plans a list of entries with ranges so that every kernel has what it shall have. Entries that are right stay as they
 * are; of the others the ranges change; what no entry says yet is added behind the entry that comes before it in the
 * kernel's own list. No order of entries is changed.
 *
 * @param standing the list as it is
 * @param outer the kernels of the list; others are not looked at
 * @param keysAt what a kernel shall have, in its order
 */
export function planSlots<K extends string>(
  standing: readonly Standing<K>[],
  outer: KernelRange,
  keysAt: (kernel: number) => readonly K[],
): readonly Slot<K>[] {
  const presence = new Map<K, number[]>();
  for (let kernel = outer.from; kernel < outer.to; kernel++) {
    for (const key of new Set(keysAt(kernel))) {
      presence.set(key, [...(presence.get(key) ?? []), kernel]);
    }
  }
  const slots: Slot<K>[] = [];
  const added: Slot<K>[] = [];
  const placed = new Map<number, KernelRange>();
  const taken = new Set<KernelRange>();
  for (const [key, kernels] of presence) {
    const own = [...standing.entries()].filter(([, each]) => each.key === key && !isEmpty(each.range));
    if (
      isExactly(
        own.map(([, { range }]) => range),
        kernels,
      )
    ) {
      own.forEach(([from, { range }]) => placed.set(from, range));
      continue;
    }
    const runs = runsOf(kernels);
    const free = new Map(own);
    // An entry keeps the run that it has a kernel of; what is left over is given to the runs that have none.
    for (const isFitting of [overlap, () => true]) {
      for (const run of runs.filter((each) => !taken.has(each))) {
        const [from] = [...free].find(([, { range }]) => isFitting(range, run)) ?? [];
        if (from !== undefined) {
          free.delete(from);
          taken.add(run);
          placed.set(from, run);
        }
      }
    }
    added.push(...runs.filter((run) => !taken.has(run)).map((range) => ({ key, range, from: undefined })));
  }
  for (const [from, { key, range }] of standing.entries()) {
    const planned = placed.get(from) ?? (isEmpty(range) ? range : undefined);
    if (planned !== undefined) {
      slots.push({ key, range: planned, from });
    }
  }
  for (const slot of added.toSorted((a, b) => a.range.from - b.range.from)) {
    slots.splice(positionFor(slot, slots, keysAt(slot.range.from)), 0, slot);
  }
  return slots;
}

/**
 * Beside entries for other kernels of the same; else behind the last entry for what stands before it in the kernel's own
 * list; where there is none, before the first one for what stands behind it.
 */
function positionFor(slot: Slot, slots: readonly Slot[], order: readonly string[]): number {
  const newer = slots.findIndex(({ key, range }) => key === slot.key && range.from > slot.range.from);
  if (newer !== -1) {
    return newer;
  }
  const own = order.indexOf(slot.key);
  const before = order.slice(0, own + 1).map((each) => slots.findLastIndex(({ key }) => key === each));
  const last = before.findLast((at) => at !== -1);
  if (last !== undefined) {
    return last + 1;
  }
  const behind = order.slice(own + 1).map((each) => slots.findIndex(({ key }) => key === each));
  return behind.find((at) => at !== -1) ?? slots.length;
}

function overlap(a: KernelRange, b: KernelRange): boolean {
  return a.from < b.to && b.from < a.to;
}

/** Whether ranges hold for just these kernels, each once. */
function isExactly(ranges: readonly KernelRange[], kernels: readonly number[]): boolean {
  const covered = ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at));
  const isOnce = new Set(covered).size === covered.length;
  return isOnce && covered.length === kernels.length && covered.every((kernel) => kernels.includes(kernel));
}

/** Kernels that follow each other, as ranges. */
function runsOf(kernels: readonly number[]): readonly KernelRange[] {
  const runs: KernelRange[] = [];
  for (const kernel of kernels.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.to === kernel) {
      runs[runs.length - 1] = { from: last.from, to: kernel + 1 };
    } else {
      runs.push({ from: kernel, to: kernel + 1 });
    }
  }
  return runs;
}
