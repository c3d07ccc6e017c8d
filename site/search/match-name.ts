/** Where a word stands in a name, and how good that is: the smaller, the better. */
export interface NameMatch {
  readonly rank: number;
  /** First position, and the one after the last. */
  readonly span: readonly [number, number];
}

/** The whole name, its beginning, the beginning of a part, or the middle of one; a late place is a little worse. */
export function matchName(name: string, word: string): NameMatch | undefined {
  const first = name.indexOf(word);
  if (first === -1) return undefined;
  const part = name.startsWith(word) ? 0 : name.indexOf(`_${word}`) + 1;
  const at = name.startsWith(word) || part > 0 ? part : first;
  const rank = name === word ? 0 : at === 0 ? 1 : at === part ? 2 : 3;
  return { rank: rank + at / 100, span: [at, at + word.length] };
}

/** How many slips of the fingers are forgiven. */
export function slipsAllowed(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

/**
 * The place in a name that is nearest to a word: by insertions, deletions and replacements, two neighbours exchanged
 * being one slip. Undefined where more slips are needed than are forgiven.
 */
export function matchNearly(name: string, word: string): NameMatch | undefined {
  // A row a letter of the word; cells say how many slips the best place ending there needs, and where that begins.
  let beforeLast: Cell[] = [];
  let last: Cell[] = Array.from({ length: name.length + 1 }, (_, at) => ({ slips: 0, start: at }));
  for (let row = 1; row <= word.length; row++) {
    const cells: Cell[] = [{ slips: row, start: 0 }];
    for (let at = 1; at <= name.length; at++) {
      const isSame = word[row - 1] === name[at - 1];
      const isSwapped = row > 1 && at > 1 && word[row - 1] === name[at - 2] && word[row - 2] === name[at - 1];
      cells.push(
        least([
          grown(last[at - 1], isSame ? 0 : 1),
          grown(last[at], 1),
          grown(cells[at - 1], 1),
          isSwapped ? grown(beforeLast[at - 2], 1) : NOWHERE,
        ]),
      );
    }
    beforeLast = last;
    last = cells;
  }
  const best = least(last);
  const end = last.indexOf(best);
  if (best.slips > slipsAllowed(word)) return undefined;
  return { rank: 10 + best.slips + best.start / 100, span: [best.start, end] };
}

interface Cell {
  readonly slips: number;
  readonly start: number;
}

const NOWHERE: Cell = { slips: Infinity, start: 0 };

function grown(cell: Cell | undefined, slips: number): Cell {
  return cell === undefined ? NOWHERE : { slips: cell.slips + slips, start: cell.start };
}

/** The first with the fewest slips. */
function least(cells: readonly Cell[]): Cell {
  return cells.reduce((best, cell) => (cell.slips < best.slips ? cell : best), NOWHERE);
}
