import { describe, expect, it } from 'vitest';
import { lex } from '../../../../generator/importers/c/lex.ts';

/** Tokens as `line:text`, directives as `line:#name text …`. */
function spelled(text: string): readonly string[] {
  return lex(text).map((item) => {
    const line = String(item.line);
    return item.kind === 'directive'
      ? `${line}:#${[item.name, ...item.tokens.map((token) => token.text)].join(' ')}`
      : `${line}:${item.text}`;
  });
}

describe('lex', () => {
  it.each([
    [
      'identifiers, numbers and the longest punctuators',
      'a->b <<= 0x1fUL + 1.5e-3;',
      '1:a 1:-> 1:b 1:<<= 1:0x1fUL 1:+ 1:1.5e-3 1:;',
    ],
    ['comments as white space, with their lines', 'a/* \n * b \n */c // d\ne', '1:a 3:c 4:e'],
    ['a line comment that a backslash continues', 'a // b \\\n c\nd', '1:a 3:d'],
    ['comment signs in strings as text', '"/*" a \'"\' "\\"//"', '1:"/*" 1:a 1:\'"\' 1:"\\"//"'],
    ['a string over a continued line', '"a\\\nb" c', '1:"a\\\nb" 2:c'],
    ['a continued line as white space', 'a \\\n b\nc', '1:a 2:b 3:c'],
    ['a quote without its partner as a punctuator', "it's\nb", "1:it 1:' 1:s 2:b"],
    ['a comment without end up to the end', 'a /* b\n c', '1:a'],
    ['Windows line ends', 'a\r\n#if b \\\r\n c\r\nd', '1:a 2:#if b c 4:d'],
  ])('reads %s', (_, text, expected) => {
    expect(spelled(text).join(' ')).toBe(expected);
  });

  it.each([
    ['at the beginning of the file', '#if a\nb', ['1:#if a', '2:b']],
    ['behind white space and a comment', 'a\n \t/* c */ # define B c\nd', ['1:a', '2:#define B c', '3:d']],
    ['over continued lines and comments', '#define A(x) \\\n x /* y\n z */ + 1\nb', ['1:#define A ( x ) x + 1', '4:b']],
    ['without a name', '#\na', ['1:#', '2:a']],
  ])('reads a directive %s', (_, text, expected) => {
    expect(spelled(text)).toEqual(expected);
  });

  it.each([
    ['in a line', 'a #b'],
    ['behind a comment that code stands before', 'a /*\n*/ #b'],
  ])('takes a # %s for no directive', (_, text) => {
    expect(lex(text).map(({ kind }) => kind)).toEqual(['identifier', 'punctuator', 'identifier']);
  });

  it('tells where white space stands before a token', () => {
    const gaps = lex('a(b /**/ c\\\nd)').flatMap((item) => (item.kind === 'directive' ? [] : [item.gap]));
    expect(gaps).toEqual([false, false, false, true, true, false]);
  });
});
