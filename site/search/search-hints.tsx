import type { JSX } from 'preact';
import type { Catalog } from '../data/catalog.ts';
import { routeHref } from '../routing/route.ts';
import { FILTER_KEYS, type FilterKey, type Query } from './query.ts';

interface SearchHintsProps {
  readonly query: Query;
  readonly catalog: Catalog;
}

/** What is wrong with a search, as far as that can be told. */
export function SearchHints({ query, catalog }: SearchHintsProps): JSX.Element | null {
  const [unknown] = query.unknownKeys;
  if (unknown !== undefined) {
    return (
      <p class="hint" role="alert">
        There is no filter <code>{unknown}:</code>. There are {FILTER_KEYS.map((key) => `${key}:`).join(' ')}
      </p>
    );
  }
  const wrong = query.filters.find(({ key, value }) =>
    vocabulary(key, catalog)?.every((word) => !word.startsWith(value)),
  );
  if (wrong === undefined) return null;
  return (
    <p class="hint" role="alert">
      There is no {wrong.key} <code>{wrong.value}</code>. There are {vocabulary(wrong.key, catalog)?.join(' ')}
    </p>
  );
}

/** All values of a filter that has few of them. */
function vocabulary(key: FilterKey, { kernels, kfuncs }: Catalog): readonly string[] | undefined {
  if (key === 'flag') {
    const flags = new Set(kfuncs.flatMap(({ entries }) => entries.flatMap((entry) => entry.flags)));
    return [...flags].sort().concat('none');
  }
  if (key === 'hook') return [...new Set(kernels.flatMap(({ hooks }) => Object.keys(hooks)))];
  return undefined;
}

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['what an XDP program can look up', 'prog:xdp lookup'],
  ['what gives references to XDP programs', 'flag:acquire hook:xdp'],
  ['what has to do with tasks', 'type:task_struct'],
  ['what conntrack has', 'owner:nf_conntrack'],
  ['what needs a program that sleeps', 'flag:sleepable'],
];

/** Searches to begin with, which show what can be asked. */
export function SearchExamples({ catalog }: { readonly catalog: Catalog }): JSX.Element {
  const [before, newest] = catalog.kernels.slice(-2).map(({ version }) => version);
  return (
    <ul class="examples" aria-label="Examples">
      {EXAMPLES.map(([what, q]) => (
        <li key={q}>
          <a href={routeHref({ path: [], query: { q } })}>
            <code>{q}</code> <span>{what}</span>
          </a>
        </li>
      ))}
      {before === undefined || newest === undefined ? null : (
        <li>
          <a href={routeHref({ path: ['changes'], query: { from: before, to: newest } })}>
            <code>
              {before} → {newest}
            </code>{' '}
            <span>what the newest kernel took away and brought</span>
          </a>
        </li>
      )}
    </ul>
  );
}
