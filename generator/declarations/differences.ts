import type { Kernel } from '../../generated/types/kernel.ts';
import { hookOf } from './hook-of.ts';
import type { KernelRange } from './kernel-range.ts';
import type { DeclaredFile } from './registry.ts';

/** What of the profiles means something else in a kernel than in the one before it. */
export interface ProfileChanges {
  /** Whether all files may be projected otherwise. */
  readonly isOther: boolean;
  readonly hooks: ReadonlySet<string>;
  readonly progTypes: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
}

/** The changes at each kernel, at the position of the kernel; at the first there are none to tell. */
export function profileChanges(kernels: readonly Kernel[]): readonly ProfileChanges[] {
  return kernels.map((kernel, index): ProfileChanges => {
    const before = kernels[index - 1] ?? kernel;
    const differing = (names: readonly string[], of: (kernel: Kernel, name: string) => unknown): Set<string> =>
      new Set(names.filter((name) => of(before, name) !== of(kernel, name)));
    return {
      isOther:
        before.layout !== kernel.layout ||
        before.limits.dtor_max_cnt !== kernel.limits.dtor_max_cnt ||
        before.limits.filter_max_cnt !== kernel.limits.filter_max_cnt,
      hooks: differing(
        [...Object.keys(before.hooks), ...Object.keys(kernel.hooks)],
        ({ hooks }, hook) => hooks[hook]?.prog_types[0] ?? hook in hooks,
      ),
      progTypes: differing([...before.prog_types, ...kernel.prog_types], hookOf),
      flags: differing(
        [...Object.keys(before.flags), ...Object.keys(kernel.flags)],
        ({ flags }, flag) => flag in flags,
      ),
    };
  });
}

/**
 * The kernels that may have something else of a file than the kernel before, by their positions: where a range begins
 * or ends, where a function got another definition, and where what the file names of the profiles changed.
 */
export function differencesOf(
  file: DeclaredFile,
  kernels: readonly Kernel[],
  changes: readonly ProfileChanges[],
): ReadonlySet<number> {
  const edges = edgesOf(file);
  addDefinitionEdges(edges, file, kernels);
  const { hooks, progTypes, flags } = wordsOf(file);
  for (const [index, change] of changes.entries()) {
    if (
      change.isOther ||
      meets(hooks, change.hooks) ||
      meets(progTypes, change.progTypes) ||
      meets(flags, change.flags)
    ) {
      edges.add(index);
    }
  }
  return edges;
}

function meets(words: ReadonlySet<string>, changed: ReadonlySet<string>): boolean {
  for (const word of changed) {
    if (words.has(word)) {
      return true;
    }
  }
  return false;
}

/** Where ranges of the file begin or end. */
function edgesOf({ range, ranges }: DeclaredFile): Set<number> {
  const edges = new Set<number>();
  const add = ({ from, to }: KernelRange): void => {
    edges.add(from).add(to);
  };
  add(range);
  ranges.forEach(({ own, outer }) => {
    add(own);
    add(outer);
  });
  return edges;
}

/** Where kernels begin or cease to have a definition. */
function addDefinitionEdges(edges: Set<number>, { imported }: DeclaredFile, kernels: readonly Kernel[]): void {
  const indexes = new Map(kernels.map(({ version }, index) => [version, index]));
  const has = new Uint8Array(kernels.length);
  for (const { lines } of Object.values(imported?.data.functions ?? {}).flat()) {
    has.fill(0);
    for (const version of Object.keys(lines)) {
      const index = indexes.get(version);
      if (index !== undefined) {
        has[index] = 1;
      }
    }
    for (let index = 1; index < has.length; index++) {
      if (has[index] !== has[index - 1]) {
        edges.add(index);
      }
    }
  }
}

/** The words of a file that mean something else, or nothing, in some kernels. */
interface Words {
  readonly hooks: ReadonlySet<string>;
  readonly progTypes: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
}

function wordsOf({ sets }: DeclaredFile): Words {
  const words = { hooks: new Set<string>(), progTypes: new Set<string>(), flags: new Set<string>() };
  for (const { hooks, progTypes, kfuncs } of sets) {
    hooks.forEach(({ value }) => words.hooks.add(value));
    progTypes.forEach(({ value }) => words.progTypes.add(value));
    kfuncs.forEach(({ flags }) => {
      flags.forEach(({ value }) => words.flags.add(value));
    });
  }
  return words;
}
