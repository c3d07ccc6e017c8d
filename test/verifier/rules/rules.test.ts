import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isMapCase } from '../../../src/program/json/parse-program-json.ts';
import { helperNumbers } from '../../../src/verifier/kernel/helpers.ts';
import { isIn, versionNumber } from '../../../src/verifier/kernel/version.ts';
import { judgeMapCase } from '../../../src/verifier/maps/judge-map-case.ts';
import { buildExample } from '../../../src/verifier/rules/examples/build-example.ts';
import type { Example } from '../../../src/verifier/rules/examples/example.ts';
import { VERIFIER_RULES } from '../../../src/verifier/rules/index.ts';
import { negative, type VerifierRule } from '../../../src/verifier/rules/rule.ts';
import { verify } from '../../../src/verifier/verify.ts';
import { exampleKernels, recordedErrno } from './kernels.ts';

const SOURCES = new URL('../../../src/verifier/', import.meta.url);

/** What the engine says: 0 and no rule, or a negative errno and the rule that is broken. */
function judge(id: string, example: Example, label: string): { readonly errno: number; readonly rule?: string } {
  const kernel = exampleKernels[label];
  if (kernel === undefined) throw new Error(`there is no kernel ${label}`);
  const built = buildExample(id, example, helperNumbers(kernel.helpers));
  if (isMapCase(built)) {
    const { failed } = judgeMapCase(kernel, built);
    return failed === undefined ? { errno: 0 } : { errno: failed.errno, rule: failed.refusal.rule.id };
  }
  const verdict = verify(built, kernel);
  if (verdict.verdict === 'unsupported') throw new Error(verdict.reason);
  return verdict.verdict === 'accept' ? { errno: 0 } : { errno: verdict.errno, rule: verdict.finding.rule };
}

function errnoOf({ errno }: VerifierRule, label: string): number | undefined {
  if (typeof errno === 'string') return negative(errno);
  const found = errno.find((range) => isIn(range, versionNumber(label)));
  return found === undefined ? undefined : negative(found.errno);
}

describe.each(VERIFIER_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('its texts say something', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [rule.title, rule.explanation, rule.message, rule.suggestion]) {
      expect(text.trim()).toBe(text);
      expect(text).not.toBe('');
    }
    expect(rule.title).not.toMatch(/\.$/);
  });

  const { examples } = rule;
  if (examples === undefined) {
    test('it says why it has no examples', () => expect(rule.noExample).toMatch(/\.$/));
    return;
  }
  test('it has examples, and no reason for having none', () => expect(rule.noExample).toBeUndefined());

  const label = examples.bad.kernel ?? 'v5.19';
  test(`it holds for ${label}`, () => expect(isIn(rule.kernels ?? {}, versionNumber(label))).toBe(true));

  test(`${label} finds the bad example to break it, and so does a real one`, () => {
    expect(judge(id, examples.bad, label)).toEqual({ errno: errnoOf(rule, label), rule: id });
    expect(recordedErrno(id, 'bad', label)).toBe(errnoOf(rule, label));
  });

  test(`${label} takes the good example, and so does a real one`, () => {
    expect(judge(id, examples.good, label)).toEqual({ errno: 0 });
    expect(recordedErrno(id, 'good', label)).toBe(0);
  });

  test.each(['bad', 'good'] as const)('v6.1 says of the %s example what a real one says', (which) => {
    expect(judge(id, examples[which], 'v6.1').errno).toBe(recordedErrno(id, which, 'v6.1'));
  });
});

describe('the list of rules', () => {
  test('no id comes twice', () => {
    const ids = VERIFIER_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('it has every rule that there is a file of, and no other', async () => {
    const files = ruleFiles();
    const found = new Set<unknown>();
    for (const { href } of files) {
      const exported = (await import(href)) as Readonly<Record<string, unknown>>;
      for (const each of Object.values(exported)) found.add(each);
    }
    expect(VERIFIER_RULES.filter((rule) => !found.has(rule))).toEqual([]);
    expect(found.size).toBe(VERIFIER_RULES.length);
  });

  test('the file of a rule is called like its id', () => {
    const names = ruleFiles().map(({ pathname }) => pathname.replace(/^.*\/rules\//, ''));
    expect(names.toSorted()).toEqual(VERIFIER_RULES.map(({ id }) => `${id}.rule.ts`).toSorted());
  });

  test('something in the engine raises each of them', () => {
    const imported = new Set<string>();
    for (const file of sourceFiles().filter((name) => !name.startsWith('rules/'))) {
      const text = readFileSync(new URL(file, SOURCES), 'utf8');
      for (const [, path = ''] of text.matchAll(/from '[./]*\/rules\/(.+)\.rule\.ts'/g)) imported.add(path);
    }
    expect(VERIFIER_RULES.filter(({ id }) => !imported.has(id)).map(({ id }) => id)).toEqual([]);
  });
});

function sourceFiles(): readonly string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
}

function ruleFiles(): readonly URL[] {
  return sourceFiles()
    .filter((name) => name.endsWith('.rule.ts'))
    .map((name) => new URL(name, SOURCES));
}
