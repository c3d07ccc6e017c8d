import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../../generator/rules/index.ts';
import { findings } from '../temporary-registry.ts';

/** What must stand beside an example, where one file alone can't break the rule. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'registry/duplicate-source': { 'kfuncs/second.yaml': 'source: drivers/acme/acme_bpf.c\nowner: acme\n' },
  'registry/module-dtors-twice': {
    'kfuncs/second.yaml':
      'source: drivers/acme/other.c\nowner: acme\nsince: v5.19\ndtors:\n  - { type: other, kfunc: acme_free }\nprototypes:\n  - void acme_free(struct other *o)\n',
  },
};

describe.each(ALL_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('is broken by its bad example, and nothing else is', () => {
    const found = findings({ 'kfuncs/acme.yaml': rule.examples.bad, ...BESIDE[id] });
    expect(new Set(found.map((finding) => finding.rule))).toEqual(new Set([id]));
  });

  it('is kept by its good example, and so is every other', () => {
    expect(findings({ 'kfuncs/acme.yaml': rule.examples.good })).toEqual([]);
  });

  it('fills every hole of its texts', () => {
    const found = findings({ 'kfuncs/acme.yaml': rule.examples.bad, ...BESIDE[id] });
    for (const { message, suggestion } of found) {
      expect(`${message} ${suggestion ?? ''}`).not.toMatch(/\{\w+\}/);
    }
  });

  it('says what it is in whole words', () => {
    expect(rule.id).toMatch(/^registry\/[a-z0-9-]+$/);
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.explanation).toMatch(/[.)]$/);
  });
});

it('rules have ids of their own', () => {
  const ids = ALL_RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
