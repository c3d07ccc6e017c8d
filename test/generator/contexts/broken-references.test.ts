import { describe, expect, it } from 'vitest';
import { brokenReferences } from '../../../generator/contexts/broken-references.ts';
import { readContextRules } from '../../../generator/contexts/read-context-rules.ts';
import type { ContextLayout } from '../../../generated/types/context.ts';
import { loadProfiles } from '../../../generator/declarations/load.ts';

const layout: ContextLayout = {
  context: 'ctx',
  source: 'is_valid_access()',
  size: 8,
  fields: [{ name: 'a', offset: 0, size: 8, read: [8] }],
};

describe('brokenReferences', () => {
  it('finds none in the rules of the package', () => {
    const { rules, diagnostics } = readContextRules(loadProfiles().kernels.map(({ version }) => version));
    expect(diagnostics).toEqual([]);
    expect(brokenReferences(rules)).toEqual([]);
  });

  it('tells a context without a layout', () => {
    const rules = { layouts: [layout], progTypes: [{ prog_type: 'p', context: 'other' }] };
    expect(brokenReferences(rules)).toEqual(['p has a context other, which has no layout']);
  });

  it('takes arguments, which have none', () => {
    expect(brokenReferences({ layouts: [], progTypes: [{ prog_type: 'p', context: 'btf' }] })).toEqual([]);
  });

  it.each([
    { hidden: ['b'] },
    { only: [{ fields: ['b'] }] },
    { writable: [{ fields: ['b'] }] },
    { values: { b: 'packet' as const } },
  ])('tells a field that the layout does not have: %o', (named) => {
    const rules = { layouts: [layout], progTypes: [{ prog_type: 'p', context: 'ctx', ...named }] };
    expect(brokenReferences(rules)).toEqual(['p names a field b, which ctx does not have']);
  });
});
