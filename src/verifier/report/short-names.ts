/**
 * The shortest names that tell files apart, each from the end of its path: `net.h`, or `a/net.h` and `b/net.h`.
 *
 * @returns by path
 */
export function shortNames(paths: Iterable<string>): ReadonlyMap<string, string> {
  const all = [...new Set(paths)];
  return new Map(all.map((path) => [path, shortest(path, all)]));
}

function shortest(path: string, all: readonly string[]): string {
  const parts = path.split('/');
  for (let count = 1; count < parts.length; count++) {
    const name = parts.slice(-count).join('/');
    const others = all.filter((other) => other !== path && (other === name || other.endsWith(`/${name}`)));
    if (name !== '' && others.length === 0) return name;
  }
  return path;
}
