import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { kernelOf, versionAt, type Catalog } from '../data/catalog.ts';
import type { CatalogPageProps } from '../data/with-catalog.tsx';
import { KernelSelect } from '../kernels/kernel-select.tsx';
import { UnknownKernel } from '../kernels/unknown-kernel.tsx';
import { kfuncHref } from '../kfunc/kfunc-link.tsx';
import { routeHref } from '../routing/route.ts';
import { replaceRoute } from '../routing/use-route.ts';
import { useTyped } from '../routing/use-typed.ts';
import { focusIfWanted, SEARCH_ID } from './focus-search.ts';
import { moveAmong } from './move-among.ts';
import { parseQuery } from './query.ts';
import { searchKfuncs } from './search-kfuncs.ts';
import { SearchExamples, SearchHints } from './search-hints.tsx';
import { SearchResultRow } from './search-result.tsx';
import { measureFirstData, measureSearch } from './timing.ts';
import './search.css';

/** The front page: search as one types; without a search, all kfuncs. */
export function SearchPage({ route, catalog }: CatalogPageProps): JSX.Element {
  const { text, type, settle } = useTyped(route.query['q'] ?? '', (q) => {
    replaceRoute({ path: [], query: { ...route.query, q } });
  });
  const version = route.query['kernel'] ?? '';
  const kernel = kernelOf(catalog, version);
  const query = useMemo(() => parseQuery(text), [text]);
  const { found, isNear } = useMemo(() => searchKfuncs(catalog, query, kernel), [catalog, query, kernel]);
  const start = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (start.current !== undefined) measureSearch(start.current);
    start.current = undefined;
  });
  useLayoutEffect(() => {
    measureFirstData();
    focusIfWanted();
  }, []);
  const first = found[0]?.kfunc.name;
  return (
    <div onKeyDown={moveAmong(`#${SEARCH_ID}, .result-name`)}>
      <h1>Kernel functions that BPF programs may call</h1>
      <p class="quiet lead">{scopeText(catalog)}</p>
      <form
        class="search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (first === undefined) return;
          settle();
          location.hash = kfuncHref(first, kernel === undefined ? undefined : version);
        }}
      >
        <label class="field search-field">
          <span class="unseen">Search</span>
          <input
            id={SEARCH_ID}
            type="search"
            value={text}
            placeholder="name, or flag:acquire hook:xdp"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-describedby="search-count"
            aria-keyshortcuts="/"
            onBlur={settle}
            onInput={(event) => {
              start.current = performance.now();
              type(event.currentTarget.value);
            }}
          />
        </label>
        <KernelSelect
          catalog={catalog}
          label="Kernel"
          value={kernel === undefined ? '' : version}
          any="any"
          onChoose={(chosen) => {
            replaceRoute({ path: [], query: { q: text, kernel: chosen } });
          }}
        />
      </form>
      <UnknownKernel catalog={catalog} asked={route.query['kernel']} shown="every kernel" />
      <SearchHints query={query} catalog={catalog} />
      {text === '' ? <SearchExamples catalog={catalog} /> : null}
      <p id="search-count" class="count" role="status">
        {countText(found.length, isNear, kernel === undefined ? undefined : versionAt(catalog, kernel))}
      </p>
      <ol class="results">
        {found.map((each) => (
          <SearchResultRow key={each.kfunc.name} found={each} catalog={catalog} kernel={kernel} />
        ))}
      </ol>
    </div>
  );
}

function scopeText({ kernels, kfuncs, timeline }: Catalog): JSX.Element {
  const unknown = timeline.filter(({ position }) => position === undefined).map(({ version }) => version);
  const [oldest, newest] = [kernels[0]?.version ?? '', kernels.at(-1)?.version ?? ''];
  return (
    <>
      {kfuncs.length} of them, in {kernels.length} kernels from {oldest} to {newest}
      {unknown.length === 0 ? null : <>; nothing is known here of {unknown.join(' and ')}</>}.{' '}
      <a href={routeHref({ path: ['growth'], query: {} })}>How it grew</a>
    </>
  );
}

function countText(count: number, isNear: boolean, version: string | undefined): string {
  const where = version === undefined ? '' : ` in ${version}`;
  if (isNear) return `Nothing is spelled so${where}; near to it:`;
  if (count === 0) return `No kfunc${where} fits all of that.`;
  return `${String(count)} ${count === 1 ? 'kfunc' : 'kfuncs'}${where}`;
}
