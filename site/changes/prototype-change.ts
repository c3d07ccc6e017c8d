/** The old and the new text, each in three parts, of which the middle differs. */
export interface TextChange {
  readonly old: readonly [string, string, string];
  readonly now: readonly [string, string, string];
}

/** Where two texts differ: what is before and after is the same. Words are not cut. */
export function changedPart(old: string, now: string): TextChange {
  const [oldWords, nowWords] = [wordsOf(old), wordsOf(now)];
  const shorter = Math.min(oldWords.length, nowWords.length);
  let head = 0;
  while (head < shorter && oldWords[head] === nowWords[head]) head++;
  let tail = 0;
  while (tail < shorter - head && oldWords.at(-1 - tail) === nowWords.at(-1 - tail)) tail++;
  return { old: cut(oldWords, head, tail), now: cut(nowWords, head, tail) };
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\w+|\W/g) ?? [];
}

function cut(words: readonly string[], head: number, tail: number): readonly [string, string, string] {
  const end = words.length - tail;
  return [words.slice(0, head).join(''), words.slice(head, end).join(''), words.slice(end).join('')];
}
