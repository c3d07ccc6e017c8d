import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextLayouts, progTypeRules } from '../../../../generated/contexts/contexts.ts';
import type { ContextLayout } from '../../../../generated/types/context.ts';
import { attachTypeName } from '../../../../src/verifier/kernel/contexts/attach-types.ts';
import { accessLayout, layOut } from '../../../../src/verifier/kernel/contexts/layout-access.ts';
import { versionNumber } from '../../../../src/verifier/kernel/version.ts';

const VERSIONS = ['v5.18', 'v5.19', 'v6.0', 'v6.1', 'v6.6', 'v6.12', 'v6.18', 'v7.1'];
const layouts = new Map(contextLayouts.map((layout) => [layout.context, layout]));
const cases = progTypeRules.flatMap((rules) => {
  const layout = layouts.get(rules.context);
  return layout === undefined ? [] : [{ rules, layout }];
});

const anAccess = fc.record({
  subject: fc.constantFrom(...cases),
  version: fc.constantFrom(...VERSIONS).map(versionNumber),
  attachType: fc.nat(60).map(attachTypeName),
  offset: fc.integer({ min: -16, max: 300 }),
  size: fc.constantFrom(1, 2, 4, 8),
  isWrite: fc.boolean(),
});

describe('an access to a context', () => {
  it('that is allowed lies in a field, with a width of that field', () => {
    fc.assert(
      fc.property(anAccess, ({ subject: { rules, layout }, version, attachType, offset, size, isWrite }) => {
        const access = layOut(layout, undefined, rules, version, attachType);
        const load = accessLayout(access, offset, size, isWrite);
        fc.pre(load !== undefined && offset >= 0);
        const fields = layout.fields.filter((field) => offset >= field.offset && offset < field.offset + field.size);
        const widths = fields.flatMap((field) => (isWrite ? field.write : field.read) ?? []);
        expect(widths).toContain(size);
        expect(fields.some(({ name }) => rules.hidden?.includes(name) !== true)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  const layout: ContextLayout = {
    context: 'ctx',
    source: 'is_valid_access()',
    size: 16,
    begin: 4,
    whole: true,
    fields: [
      { name: 'old', offset: 4, size: 4, read: [4], kernels: [{ until: 'v6.0' }] },
      { name: 'a', offset: 4, size: 4, read: [1, 4], whole_size: 4, unconverted: [1] },
      { name: 'b', offset: 8, size: 8, read: [8], value: 'packet', or_null: true },
    ],
  };
  it.each([
    ['before it begins', 'v6.1', 0, 4, undefined],
    ['negative', 'v6.1', -4, 4, undefined],
    ['beyond it', 'v6.1', 16, 1, undefined],
    ['of a field that is no more', 'v6.1', 4, 1, { kind: 'scalar', fieldSize: 4, isConvertible: false }],
    ['of a field of older kernels', 'v5.19', 4, 1, undefined],
    ['of the same, as wide as it may be', 'v5.19', 4, 4, { kind: 'scalar', fieldSize: 0, isConvertible: true }],
    ['across its end', 'v6.1', 12, 8, undefined],
    ['that is not aligned', 'v6.1', 5, 4, undefined],
    ['of a pointer', 'v6.1', 8, 8, { kind: 'packet', maybeNull: true }],
  ])('%s (%s, at %d, %d bytes)', (_what, version, offset, size, expected) => {
    const access = layOut(layout, undefined, undefined, versionNumber(version), undefined);
    const load = accessLayout(access, offset, size, false);
    if (expected === undefined) expect(load).toBeUndefined();
    else expect(load).toMatchObject(expected);
  });
});
