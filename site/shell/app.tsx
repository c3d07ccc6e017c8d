import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { routeHref } from '../routing/route.ts';
import { useRoute } from '../routing/use-route.ts';
import { focusSearch, isTyping } from '../search/focus-search.ts';
import { PAGES, titleOf, type Page, type PageProps } from './pages.ts';
import { useScrollMemory } from './scroll-memory.ts';

/** The frame around every page: navigation, and the page that the route names. */
export function App(): JSX.Element {
  const route = useRoute();
  const name = route.path[0] ?? '';
  const page = PAGES.find((each) => each.name === name);
  const title = titleOf(page, route);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useScrollMemory(route.path.join('/'));
  useEffect(() => {
    addEventListener('keydown', searchOnSlash);
    return () => {
      removeEventListener('keydown', searchOnSlash);
    };
  }, []);
  return (
    <>
      <a class="skip" href="#main" onClick={focusMain}>
        Skip to the page
      </a>
      <header class="bar">
        <a class="brand" href="#/">
          kfunc-registry
        </a>
        <nav aria-label="Pages">
          {PAGES.filter(({ isInNavigation }) => isInNavigation).map((each) => (
            <a
              key={each.name}
              href={routeHref({ path: each.name === '' ? [] : [each.name], query: {} })}
              aria-current={each === page ? 'page' : undefined}
            >
              {each.title}
              {each.name === '' ? <kbd aria-hidden="true">/</kbd> : null}
            </a>
          ))}
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {page === undefined ? <NoPage /> : <PageView key={page.name} page={page} route={route} />}
      </main>
    </>
  );
}

function focusMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function searchOnSlash(event: KeyboardEvent): void {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  event.preventDefault();
  focusSearch();
}

/** Shows a page as soon as its code is there. */
function PageView({ page: { code }, route }: { readonly page: Page } & PageProps): JSX.Element {
  const [loaded, setLoaded] = useState<ComponentType<PageProps> | 'failed' | undefined>(() =>
    code.kind === 'here' ? code.component : undefined,
  );
  useEffect(() => {
    if (code.kind === 'here') return;
    code.load().then(
      (component) => {
        setLoaded(() => component);
      },
      () => {
        setLoaded('failed');
      },
    );
  }, [code]);
  if (loaded === 'failed') {
    return <p role="alert">This page could not be loaded. Load the site again: it may have changed meanwhile.</p>;
  }
  const Component = loaded;
  return Component === undefined ? <p class="quiet">Loading …</p> : <Component route={route} />;
}

function NoPage(): JSX.Element {
  return (
    <>
      <h1>There is no such page</h1>
      <p>
        <a href="#/">Go to the front page</a>
      </p>
    </>
  );
}
