import type { Path } from '../diagnostics/source-file.ts';
import { valueAt, type SchemaError } from './schema-errors.ts';

/** For arrays that lost items: the index in the file of each item that is left. */
export type Origins = WeakMap<readonly unknown[], readonly number[]>;

/**
 * Takes out of the data what its schema errors are about, so that the rest of the file is judged all the same: an
 * optional value goes alone, a required one takes the list item around it along.
 *
 * @returns whether a valid rest is left; the data is changed in place.
 */
export function prune(data: unknown, revalidate: () => readonly SchemaError[], origins: Origins): boolean {
  for (let errors = revalidate(); errors.length > 0; errors = revalidate()) {
    const paths = errors.map(({ path, cause }) =>
      cause.keyword === 'additionalProperties'
        ? [...path, (cause.params as { additionalProperty: string }).additionalProperty]
        : path,
    );
    // From the back, so that the indexes of the items still to go stay right.
    for (const path of sortedUnique(paths).reverse()) {
      if (path.length === 0) {
        return false;
      }
      remove(data, path, origins);
    }
  }
  return true;
}

/** The items of a list with the place of each in the file. */
export function* itemsAt<T>(items: readonly T[] | undefined, path: Path, origins: Origins): Generator<[T, Path]> {
  const indexes = items && origins.get(items);
  for (const [index, item] of (items ?? []).entries()) {
    yield [item, [...path, indexes?.[index] ?? index]];
  }
}

function remove(data: unknown, path: Path, origins: Origins): void {
  const key = path.at(-1);
  const parent = valueAt(data, path.slice(0, -1));
  if (Array.isArray(parent) && typeof key === 'number') {
    const indexes = origins.get(parent) ?? parent.map((_, index) => index);
    origins.set(
      parent,
      indexes.filter((_, index) => index !== key),
    );
    parent.splice(key, 1);
  } else if (typeof parent === 'object' && parent !== null && key !== undefined) {
    Reflect.deleteProperty(parent, key);
  }
}

/** In document order of indexes; a path within another removed one goes with it. */
function sortedUnique(paths: readonly Path[]): Path[] {
  const sorted = paths.toSorted(comparePaths);
  return sorted.filter((path, index) => {
    const before = sorted[index - 1];
    return before === undefined || !sorted.slice(0, index).some((outer) => isPrefix(outer, path));
  });
}

function isPrefix(outer: Path, path: Path): boolean {
  return outer.every((step, index) => path[index] === step);
}

function comparePaths(a: Path, b: Path): number {
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (other === undefined) {
      return 1;
    }
    if (step !== other) {
      return typeof step === 'number' && typeof other === 'number'
        ? step - other
        : String(step) < String(other)
          ? -1
          : 1;
    }
  }
  return a.length - b.length;
}
