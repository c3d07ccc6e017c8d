import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRoute, routeHref } from '../../../site/routing/route.ts';

const part = fc.string({ unit: 'grapheme', minLength: 1 });
// An object made by fromEntries has no other order than that of its keys, and numbers come first in it.
const query = fc.dictionary(
  part.filter((key) => !/^\d+$/.test(key)),
  part,
  { noNullPrototype: true },
);

describe('the address of a route', () => {
  it('leads back to it', () => {
    fc.assert(
      fc.property(fc.array(part), query, (path, parameters) => {
        const route = { path, query: parameters };
        expect(parseRoute(routeHref(route))).toEqual(route);
      }),
    );
  });

  it.each([
    ['', [], {}],
    ['#', [], {}],
    ['#/', [], {}],
    ['#/matrix?kernel=v6.1&flag=acquire', ['matrix'], { kernel: 'v6.1', flag: 'acquire' }],
    ['#/?q=hook%3Axdp+lookup', [], { q: 'hook:xdp lookup' }],
    ['#/kfunc/%E0%A4%A', ['kfunc', '%E0%A4%A'], {}],
  ])('%j is read', (hash, path, parameters) => {
    expect(parseRoute(hash)).toEqual({ path, query: parameters });
  });

  it('leaves out parameters that are empty', () => {
    expect(routeHref({ path: ['changes'], query: { from: 'v6.1', name: '' } })).toBe('#/changes?from=v6.1');
  });
});
