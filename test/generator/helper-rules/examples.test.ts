import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../generator/diagnostics/diagnostic.ts';
import { HELPER_RULES } from '../../../generator/helper-rules/index.ts';
import { findings } from '../temporary-registry.ts';

/** Beside a declaration: a registry has one. */
function found(example: string): readonly Diagnostic[] {
  return findings({
    'kfuncs/acme.yaml': 'source: drivers/acme/acme_bpf.c\nowner: acme\n',
    'helpers/acme.yaml': example,
  });
}

describe.each(HELPER_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('is broken by its bad example, and nothing else is', () => {
    expect(new Set(found(rule.examples.bad).map((finding) => finding.rule))).toEqual(new Set([id]));
  });

  it('is kept by its good example, and so is every other', () => {
    expect(found(rule.examples.good)).toEqual([]);
  });

  it('fills every hole of its texts', () => {
    for (const { message, suggestion } of found(rule.examples.bad)) {
      expect(`${message} ${suggestion ?? ''}`).not.toMatch(/\{\w+\}/);
    }
  });

  it('says what it is in whole words', () => {
    expect(rule.id).toMatch(/^helper\/[a-z0-9-]+$/);
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.explanation).toMatch(/[.)]$/);
  });
});
