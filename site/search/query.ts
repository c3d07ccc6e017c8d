/** What may stand before a colon. */
export const FILTER_KEYS = ['flag', 'hook', 'prog', 'owner', 'source', 'set', 'type', 'config'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

/** `hook:xdp`. */
export interface Filter {
  readonly key: FilterKey;
  /** In lower case. */
  readonly value: string;
}

/** What somebody searches for. All of it must hold. */
export interface Query {
  /** Words in lower case, for names first. */
  readonly words: readonly string[];
  readonly filters: readonly Filter[];
  /** What stands before a colon and is no key. */
  readonly unknownKeys: readonly string[];
}

/** Reads a line as it is typed: a filter without value yet says nothing. */
export function parseQuery(text: string): Query {
  const words: string[] = [];
  const filters: Filter[] = [];
  const unknownKeys: string[] = [];
  for (const term of text.toLowerCase().split(/\s+/)) {
    const colon = term.indexOf(':');
    const key = term.slice(0, Math.max(0, colon));
    const value = term.slice(colon + 1);
    if (colon <= 0) {
      if (value !== '') words.push(value);
    } else if (!isFilterKey(key)) {
      unknownKeys.push(key);
    } else if (value !== '') {
      filters.push({ key, value });
    }
  }
  return { words, filters, unknownKeys };
}

function isFilterKey(key: string): key is FilterKey {
  return (FILTER_KEYS as readonly string[]).includes(key);
}
