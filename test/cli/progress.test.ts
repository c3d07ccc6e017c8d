import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startProgress } from '../../src/cli/progress.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What is written while work takes so many milliseconds, with something to tell each ten of them. */
function written({ isTTY, isWanted }: { isTTY: boolean; isWanted: boolean }, milliseconds: number): readonly string[] {
  const texts: string[] = [];
  const stream = { isTTY, write: (text: string) => texts.push(text) } as unknown as NodeJS.WriteStream;
  const progress = startProgress(stream, isWanted);
  for (let passed = 0; passed < milliseconds; passed += 10) {
    vi.advanceTimersByTime(10);
    progress.tell(() => `${String(passed)} of many`);
  }
  progress.done();
  return texts;
}

it('is silent while the work is short', () => {
  expect(written({ isTTY: true, isWanted: true }, 100)).toEqual([]);
});

it('tells at times how far it is, and takes the line away', () => {
  const texts = written({ isTTY: true, isWanted: true }, 1_000);
  expect(texts.slice(0, -1)).toHaveLength(5);
  expect(texts[0]).toBe('\r190 of many\u001b[K');
  expect(texts.at(-1)).toBe('\r\u001b[K');
});

it.each([
  ['no terminal', { isTTY: false, isWanted: true }],
  ['one that is to be quiet', { isTTY: true, isWanted: false }],
])('says nothing to %s', (_, to) => {
  expect(written(to, 1_000)).toEqual([]);
});
