import type { Kernel } from '../../generated/types/kernel.ts';
import { hookOf } from './hook-of.ts';
import type { KernelRange } from './kernel-range.ts';
import type { DeclaredFile } from './registry.ts';

/**
 * Tells whether a kernel may have something else of a file than the kernel before it. It may where a range begins or
 * ends, where a function got another definition, and where the kernels differ in what the file names of them.
 */
export function differencesOf(file: DeclaredFile, kernels: readonly Kernel[]): (index: number) => boolean {
  const edges = edgesOf(file);
  addDefinitionEdges(edges, file, kernels);
  const words = wordsOf(file);
  const meanings = kernels.map((kernel) => meaningOf(words, kernel));
  return (index) => edges.has(index) || meanings[index - 1] !== meanings[index];
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

/** What the projection of a file takes from the profile of a kernel. */
function meaningOf({ hooks, progTypes, flags }: Words, kernel: Kernel): string {
  const { layout, limits } = kernel;
  return [
    layout,
    limits.dtor_max_cnt === undefined,
    limits.filter_max_cnt === undefined,
    ...Array.from(hooks, (hook) => kernel.hooks[hook]?.prog_types[0] ?? hook in kernel.hooks),
    ...Array.from(progTypes, (progType) => hookOf(kernel, progType)),
    ...Array.from(flags, (flag) => flag in kernel.flags),
  ].join(' ');
}
