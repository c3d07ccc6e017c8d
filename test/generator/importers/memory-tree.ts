import type { SourceTree } from '../../../generator/importers/tree/source-tree.ts';

/** A source tree that stands in memory: texts by path. */
export function memoryTree(files: Readonly<Record<string, string>>): SourceTree {
  const read = (path: string): string | undefined => (Object.hasOwn(files, path) ? files[path] : undefined);
  return {
    find: (name) =>
      Object.keys(files)
        .filter((path) => name.test(path.slice(path.lastIndexOf('/') + 1)))
        .sort(),
    read,
    contains: (path, texts) => texts.filter((text) => read(path)?.includes(text)),
  };
}
