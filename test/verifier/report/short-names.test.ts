import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shortNames } from '../../../src/verifier/report/short-names.ts';

it.each([
  ['the last part alone', ['/src/a/net.h', '/src/gate.bpf.c'], ['net.h', 'gate.bpf.c']],
  ['as much as tells files apart', ['/src/a/net.h', '/src/b/net.h'], ['a/net.h', 'b/net.h']],
  ['the whole path where another ends with it', ['net.h', 'a/net.h'], ['net.h', 'a/net.h']],
])('%s', (_, paths, names) => {
  expect([...shortNames(paths).values()]).toEqual(names);
});

it('no two files have one name, and each is the end of its path', () => {
  const part = fc.constantFrom('a', 'b', 'net.h', 'x.c');
  const paths = fc.array(fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')));
  fc.assert(
    fc.property(paths, (each) => {
      const names = shortNames(each);
      expect(new Set(names.values()).size).toBe(new Set(each).size);
      for (const [path, name] of names) expect(path.endsWith(name)).toBe(true);
    }),
  );
});
