import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchName, matchNearly, slipsAllowed } from '../../../site/search/match-name.ts';

const found = (name: string, span: readonly [number, number] | undefined): string | undefined =>
  span === undefined ? undefined : name.slice(...span);

describe('a word in a name', () => {
  it('is better the whole name, its beginning, the beginning of a part, than the middle of one', () => {
    const ranks = ['ct', 'ct_release', 'bpf_ct_release', 'bpf_octal'].map((name) => matchName(name, 'ct')?.rank);
    expect(ranks).not.toContain(undefined);
    expect(ranks).toEqual(ranks.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(new Set(ranks).size).toBe(4);
  });

  it('is marked where a part begins, even where it stands in the middle of one before', () => {
    expect(matchName('bpf_octal_ct', 'ct')?.span).toEqual([10, 12]);
  });

  it('is not there where it is not', () => {
    expect(matchName('bpf_ct_release', 'xdp')).toBeUndefined();
  });
});

describe('a word with slips', () => {
  it.each([
    ['a letter is missing', 'tas_acquire', 'task_acquire'],
    ['a letter is too many', 'taskk_acquire', 'task_acquire'],
    ['a letter is another', 'tesk_acquire', 'task_acquire'],
    ['two letters are exchanged', 'bpf_tsak_acquire', 'bpf_task_acquire'],
    ['two slips in a long word', 'bpf_tsk_aquire', 'bpf_task_acquire'],
  ])('%s', (_, word, expected) => {
    const name = 'bpf_task_acquire';
    expect(found(name, matchNearly(name, word)?.span)).toBe(expected);
  });

  it.each([
    ['short words forgive nothing', 'bpf_ct_release', 'cz'],
    ['three slips are too many', 'bpf_task_acquire', 'bqf_tusk_axquire'],
  ])('%s', (_, name, word) => {
    expect(matchNearly(name, word)).toBeUndefined();
  });

  const name = fc.stringMatching(/^[a-z_]{8,30}$/);

  it('a part of a name is found without slips, in some place that reads so', () => {
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (text, start, length) => {
        const at = start % (text.length - 1);
        const word = text.slice(at, at + 1 + (length % (text.length - at)));
        const match = matchNearly(text, word);
        expect(found(text, match?.span)).toBe(word);
        expect(match?.rank).toBeLessThan(11);
      }),
    );
  });

  it('a slip more or less is found as long as it is allowed', () => {
    fc.assert(
      fc.property(name, fc.nat(), fc.constantFrom('drop', 'add', 'replace', 'exchange'), (text, place, how) => {
        const at = place % (text.length - 1);
        const [before, first, second, after] = [
          text.slice(0, at),
          text.charAt(at),
          text.charAt(at + 1),
          text.slice(at + 2),
        ];
        const slipped = {
          drop: `${before}${second}${after}`,
          add: `${before}0${first}${second}${after}`,
          replace: `${before}0${second}${after}`,
          exchange: `${before}${second}${first}${after}`,
        }[how];
        fc.pre(slipsAllowed(slipped) > 0);
        expect(matchNearly(text, slipped)).toBeDefined();
      }),
    );
  });
});
