import type { KernelModel } from '../declarations/model.ts';
import { kernelRuns } from '../diagnostics/kernel-runs.ts';
import { kernelPath } from './docs-catalog.ts';
import { link } from './docs-markdown.ts';

/** The same for several kernels, as a table row or a paragraph shows it. */
export interface InKernels<T> {
  readonly value: T;
  /** Oldest first. */
  readonly versions: readonly string[];
}

/** Brings together what is the same in several kernels, in the order of first appearance. `keyOf` tells what is. */
export function groupByValue<T>(
  items: readonly { readonly version: string; readonly value: T }[],
  keyOf: (value: T) => string,
): readonly InKernels<T>[] {
  const groups = new Map<string, { value: T; versions: string[] }>();
  for (const { version, value } of items) {
    const at = keyOf(value);
    const group = groups.get(at);
    if (group === undefined) {
      groups.set(at, { value, versions: [version] });
    } else if (!group.versions.includes(version)) {
      group.versions.push(version);
    }
  }
  return [...groups.values()];
}

/**
 * Links to kernels, neighbours drawn together: v5.18 – v6.0, v6.2.
 *
 * @param from Path of the page that links.
 */
export function kernelLinks(versions: readonly string[], kernels: readonly KernelModel[], from: string): string {
  const texts = textsOf.get(kernels) ?? new Map<string, string>();
  textsOf.set(kernels, texts);
  const key = [from.slice(0, from.lastIndexOf('/')), ...versions].join(' ');
  const text = texts.get(key) ?? makeLinks(versions, kernels, from);
  texts.set(key, text);
  return text;
}

/** Most kfuncs have their ranges in common with others. */
const textsOf = new WeakMap<readonly KernelModel[], Map<string, string>>();

function makeLinks(versions: readonly string[], kernels: readonly KernelModel[], from: string): string {
  const to = (version: string): string => link(version, from, kernelPath(version));
  return kernelRuns(
    versions,
    kernels.map(({ kernel }) => kernel.version),
  )
    .map(({ first, last }) => (first === last ? to(first) : `${to(first)} – ${to(last)}`))
    .join(', ');
}
