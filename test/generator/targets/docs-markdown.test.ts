import { describe, expect, it } from 'vitest';
import { code, codeBlock, link, plainLine, plainText, table } from '../../../generator/targets/docs-markdown.ts';

describe('plainLine', () => {
  const cases: readonly (readonly [text: string, markdown: string])[] = [
    ['bpf_ct_release', 'bpf\\_ct\\_release'],
    ['a | b', 'a \\| b'],
    ['<script>', '\\<script\\>'],
    ['*a* [b](c) #d ~e~ &amp;', '\\*a\\* \\[b\\](c) \\#d \\~e\\~ \\&amp;'],
    ['the name `a_b|c` of', 'the name `a_b|c` of'],
    ['one ` alone', 'one \\` alone'],
    ['- no list', '\\- no list'],
    ['1. no list', '1\\. no list'],
    ['two\nlines', 'two lines'],
    ['back\\slash', 'back\\\\slash'],
  ];
  it.each(cases)('%j becomes %j', (text, markdown) => {
    expect(plainLine(text)).toBe(markdown);
  });
});

it('plainText keeps paragraphs', () => {
  expect(plainText('one\ntwo\n\n\nthree_\n')).toBe('one two\n\nthree\\_');
});

describe('code', () => {
  it.each([
    ['a_b', '`a_b`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['a\nb', '`a b`'],
  ])('%j becomes %j', (text, markdown) => {
    expect(code(text)).toBe(markdown);
  });
});

it('a block of code is fenced by more than it holds', () => {
  expect(codeBlock('a\n````\nb\n', 'c')).toBe('`````c\na\n````\nb\n`````');
});

it('a pipe ends no cell, in code neither', () => {
  expect(table(['a'], [[code('A || B')], [plainLine('c | d')]])).toBe('| a |\n| --- |\n| `A \\|\\| B` |\n| c \\| d |');
});

it('a link leads from page to page', () => {
  expect(link('x', 'docs/rules/a/b.md', 'docs/kernels/v6.1.md')).toBe('[x](../../kernels/v6.1.md)');
});
