import { describe, expect, it } from 'vitest';
import { printConfigExpression } from '../../../../generator/c/config-expression.ts';
import type { Condition } from '../../../../generator/importers/c/condition.ts';
import { lex } from '../../../../generator/importers/c/lex.ts';
import { preprocess } from '../../../../generator/importers/c/preprocess.ts';

function spelledCondition(condition: Condition): string {
  return condition.kind === 'config' ? printConfigExpression(condition.expression) : `?${condition.text}`;
}

/** What is left, each token with its conditions: `a[CONFIG_X][CONFIG_Y]`. */
function left(text: string): string {
  return preprocess(lex(text))
    .tokens.map((token) => [token.text, ...token.conditions.map((each) => `[${spelledCondition(each)}]`)].join(''))
    .join(' ');
}

describe('conditions', () => {
  it.each([
    ['#ifdef CONFIG_X\na\n#endif\nb', 'a[CONFIG_X] b'],
    ['#ifndef CONFIG_X\na\n#else\nb\n#endif', 'a[!CONFIG_X] b[CONFIG_X]'],
    ['#if defined(CONFIG_X) && !defined CONFIG_Y\na\n#endif', 'a[CONFIG_X && !CONFIG_Y]'],
    ['#if IS_ENABLED(CONFIG_X) || (IS_MODULE(CONFIG_Y))\na\n#endif', 'a[IS_ENABLED(CONFIG_X) || IS_MODULE(CONFIG_Y)]'],
    ['#ifdef CONFIG_X\n#ifdef CONFIG_Y\na\n#endif\nb\n#endif\nc', 'a[CONFIG_X][CONFIG_Y] b[CONFIG_X] c'],
    [
      '#ifdef CONFIG_X\na\n#elif defined(CONFIG_Y)\nb\n#else\nc\n#endif',
      'a[CONFIG_X] b[!CONFIG_X][CONFIG_Y] c[!CONFIG_X][!CONFIG_Y]',
    ],
    ['#if 0\na\n#ifdef CONFIG_X\nb\n#endif\n#else\nc\n#endif\nd', 'c d'],
    ['#if 1\na\n#elif defined(CONFIG_X)\nb\n#else\nc\n#endif', 'a'],
    ['#if 0 || defined(CONFIG_X)\na\n#endif', 'a[CONFIG_X]'],
    ['#if 0 && defined(CONFIG_X)\na\n#endif\nb', 'b'],
    [
      '#if defined(X86) || defined(CONFIG_X)\na\n#else\nb\n#endif',
      'a[?defined(X86) || defined(CONFIG_X)] b[?!(defined(X86) || defined(CONFIG_X))]',
    ],
    ['#if CONFIG_LEVELS > 3\na\n#endif', 'a[?CONFIG_LEVELS > 3]'],
    ['#if IS_ENABLED(OTHER)\na\n#endif', 'a[?IS_ENABLED(OTHER)]'],
    ['#ifdef MODULE\na\n#endif', 'a[?defined(MODULE)]'],
    ['#define OWN\n#ifdef OWN\na\n#else\nb\n#endif', 'a'],
    ['#define OWN\n#undef OWN\n#ifdef OWN\na\n#endif', 'a[?defined(OWN)]'],
    ['#ifndef _GUARD_H\n#define _GUARD_H\na\n#endif', 'a'],
    ['#define OWN 1\n#ifndef OWN\n#define OWN 2\na\n#endif\nb', 'b'],
    ['#endif\na\n#else\nb', 'a b'],
  ])('are kept: %j', (text, expected) => {
    expect(left(text)).toBe(expected);
  });
});

describe('macros', () => {
  it.each([
    ['an object-like one', '#define A b c\nA d', 'b c d'],
    ['one in another', '#define A B\n#define B c\nA', 'c'],
    ['itself once', '#define A A b\nA', 'A b'],
    ['two that name each other', '#define A B\n#define B A\nA B', 'A B'],
    ['a function-like one', '#define F(x, y) y(x)\nF(a, (b, c)) F', '( b , c ) ( a ) F'],
    ['one whose parenthesis belongs to its body', '#define A (x)\nA', '( x )'],
    ['an argument before it is put in', '#define A b\n#define F(x) x\nF(A)', 'b'],
    ['pasted names', '#define F(x) a_##x##_ids\nF(b)', 'a_b_ids'],
    ['nothing in code that is never compiled', '#if 0\n#define A b\n#endif\nA', 'A'],
    [
      'a macro of a macro that lists',
      '#define L X(a) X(b)\n#define X(n) n;\nL\n#undef X\n#define X(n) n,\nL',
      'a ; b ; a , b ,',
    ],
    ['no variadic one', '#define F(...) x\nF(a)', 'F ( a )'],
    ['none that branches define differently', '#ifdef CONFIG_X\n#define A b\n#else\n#define A c\n#endif\nA', 'A'],
    ['one that is defined twice alike', '#define A b\n#define A b\nA', 'b'],
    ['no call that a directive interrupts', '#define F(x) x\nF(\n#ifdef CONFIG_X\na\n#endif\n)', 'F ( a[CONFIG_X] )'],
  ])('expands %s', (_, text, expected) => {
    expect(left(text)).toBe(expected);
  });

  it('gives what comes out of a macro the line of its use', () => {
    const { tokens } = preprocess(lex('#define A(x) x b\n\nA(\nc)\nd'));
    expect(tokens.map(({ text, line }) => `${String(line)}:${text}`)).toEqual(['3:c', '3:b', '5:d']);
  });

  it('knows macros from elsewhere', () => {
    const { macros } = preprocess(lex('#define A b'));
    expect(preprocess(lex('A'), macros).tokens.map(({ text }) => text)).toEqual(['b']);
  });
});

describe('includes', () => {
  it('are told with their conditions, and not read', () => {
    const { includes, tokens } = preprocess(
      lex('#include <net/a.h>\n#ifdef CONFIG_X\n# include "b.c"\n#endif\n#include MACRO'),
    );
    expect(tokens).toEqual([]);
    expect(
      includes.map(({ path, isSystem, conditions }) => [path, isSystem, conditions.map(spelledCondition)]),
    ).toEqual([
      ['net/a.h', true, []],
      ['b.c', false, ['CONFIG_X']],
    ]);
  });
});
