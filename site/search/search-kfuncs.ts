import type { Catalog } from '../data/catalog.ts';
import type { EntryData, KfuncData, Ranges } from '../data/explorer-data.ts';
import { holds, intersection, newestOf, union } from '../data/ranges.ts';
import { fieldFor, kernelsFitting } from './match-entry.ts';
import { matchName, matchNearly, type NameMatch } from './match-name.ts';
import type { Query } from './query.ts';

/** A kfunc that was found. */
export interface Found {
  readonly kfunc: KfuncData;
  /** The registrations that fit the filters, in the kernels in which they do; none for a destructor in no set. */
  readonly entries: readonly FoundEntry[];
  /** The kernels for which it was found: those that have it so. */
  readonly kernels: Ranges;
  /** Places in the name that words were found at: ascending, apart from each other. */
  readonly spans: readonly (readonly [number, number])[];
  /** What else words were found in. */
  readonly fields: readonly string[];
}

export type FoundEntry = Pick<EntryData, 'hook' | 'flags' | 'kernels'>;

export interface SearchResult {
  /** Best first. */
  readonly found: readonly Found[];
  /** Nothing is spelled so; these are near. */
  readonly isNear: boolean;
}

/**
 * Looks for kfuncs.
 *
 * @param kernel only what this kernel has; any where undefined
 */
export function searchKfuncs(catalog: Catalog, query: Query, kernel: number | undefined): SearchResult {
  const candidates = catalog.kfuncs.flatMap((kfunc) => filtered(kfunc, query, kernel, catalog) ?? []);
  const exact = candidates.flatMap((each) => matchedWords(each, query.words, matchName) ?? []);
  const isNear = exact.length === 0 && query.words.length > 0;
  const ranked = isNear ? candidates.flatMap((each) => matchedWords(each, query.words, matchNearly) ?? []) : exact;
  ranked.sort((a, b) => a.rank - b.rank || Number(isGone(a.found, catalog)) - Number(isGone(b.found, catalog)));
  return { found: ranked.map(({ found }) => found), isNear: isNear && ranked.length > 0 };
}

type Candidate = Pick<Found, 'kfunc' | 'entries' | 'kernels'>;

/** What of a kfunc the filters and the kernel leave. */
function filtered(
  kfunc: KfuncData,
  { filters }: Query,
  kernel: number | undefined,
  catalog: Catalog,
): Candidate | undefined {
  const isWanted = (kernels: Ranges): boolean => kernel === undefined || holds(kernels, kernel);
  const entries = kfunc.entries.flatMap((entry): readonly FoundEntry[] => {
    if (entry.isUncallable === true) return [];
    const { hook, flags } = entry;
    const kernels = filters
      .map((filter) => kernelsFitting(entry, filter, kfunc, catalog))
      .reduce(intersection, entry.kernels);
    return kernels.length > 0 && isWanted(kernels) ? [{ hook, flags, kernels }] : [];
  });
  const dtors = filters.length > 0 ? [] : (kfunc.dtors ?? []).filter(({ kernels }) => isWanted(kernels));
  if (entries.length === 0 && dtors.length === 0) return undefined;
  return { kfunc, entries, kernels: union((entries.length === 0 ? dtors : entries).map(({ kernels }) => kernels)) };
}

interface Ranked {
  readonly found: Found;
  readonly rank: number;
}

/** A word that is found in another field than the name is worth less than one in a name, however late. */
const FIELD_RANK = 5;

function matchedWords(
  candidate: Candidate,
  words: readonly string[],
  match: (name: string, word: string) => NameMatch | undefined,
): Ranked | undefined {
  const { kfunc } = candidate;
  const name = kfunc.name.toLowerCase();
  const spans: (readonly [number, number])[] = [];
  const fields: string[] = [];
  let rank = 0;
  for (const word of words) {
    const matched = match(name, word);
    const field = matched === undefined ? fieldFor(word, kfunc) : undefined;
    if (matched !== undefined) spans.push(matched.span);
    else if (field !== undefined) fields.push(field);
    else return undefined;
    rank += matched?.rank ?? FIELD_RANK;
  }
  return { found: { ...candidate, spans: apart(spans), fields: [...new Set(fields)] }, rank };
}

/** Spans that touch or overlap are one. */
function apart(spans: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const joined: [number, number][] = [];
  for (const [start, end] of spans.toSorted(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

function isGone({ kernels }: Found, { newest }: Catalog): boolean {
  return newestOf(kernels) !== newest;
}
