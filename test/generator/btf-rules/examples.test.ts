import { describe, expect, it } from 'vitest';
import { BTF_RULES } from '../../../generator/btf-rules/index.ts';
import type { Diagnostic } from '../../../generator/diagnostics/diagnostic.ts';
import { ALL_RULES } from '../../../generator/rules/index.ts';
import { btfFindings } from './btf-findings.ts';
import { openWritten } from './written-btf.ts';

/** What an example says its kernel has. */
function kernelOf(example: string): readonly string[] {
  return [...example.matchAll(/^# BTF: (.*);$/gm)].map(([, line = '']) => line);
}

function found(example: string): readonly Diagnostic[] {
  const vmlinux = openWritten(['struct task_struct']);
  const acme = openWritten(kernelOf(example), { base: vmlinux });
  return btfFindings(example, { vmlinux, modules: new Map([['acme', acme]]) }, ['v6.1']);
}

describe.each(BTF_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('is broken by its bad example, and nothing else is', () => {
    const ids = found(rule.examples.bad).map((finding) => finding.rule);
    expect(ids).toEqual([id]);
  });

  it('is kept by its good example, and so is every other', () => {
    expect(found(rule.examples.good)).toEqual([]);
  });

  it('says what its kernel has in each example', () => {
    expect(kernelOf(rule.examples.bad)).not.toEqual([]);
    expect(kernelOf(rule.examples.good)).not.toEqual([]);
  });

  it('fills every hole of its texts, and names the kernel', () => {
    for (const { message, suggestion, kernels } of found(rule.examples.bad)) {
      expect(`${message} ${suggestion ?? ''}`).not.toMatch(/\{\w+\}/);
      expect(kernels).toEqual(['v6.1']);
    }
  });
});

it('rules have ids of their own', () => {
  const ids = [...ALL_RULES, ...BTF_RULES].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
