import type { DocumentedKfunc } from './docs-catalog.ts';

/** What the declarations say of the files and sets of a kfunc; the newest kernel's words come first. */
export function descriptionsOf({ kernels }: DocumentedKfunc): readonly string[] {
  const texts = kernels
    .toReversed()
    .flatMap(({ entries, dtors }) => [
      ...entries.flatMap(({ source, set }) => [source.description, set.description]),
      ...dtors.map(({ source }) => source.description),
    ])
    .filter((text) => text !== undefined);
  return [...new Set(texts)];
}
