import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { routeHref } from '../routing/route.ts';
import { useRoute } from '../routing/use-route.ts';
import { PAGES, type Page, type PageProps } from './pages.ts';

/** The frame around every page: navigation, and the page that the route names. */
export function App(): JSX.Element {
  const route = useRoute();
  const name = route.path[0] ?? '';
  const page = PAGES.find((each) => each.name === name);
  useEffect(() => {
    document.title = page === undefined ? 'kfunc-registry' : `${page.title} · kfunc-registry`;
  }, [page]);
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
              href={routeHref({ path: [each.name], query: {} })}
              aria-current={each === page ? 'page' : undefined}
            >
              {each.title}
            </a>
          ))}
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {page === undefined ? <NoPage /> : <LazyPage key={page.name} page={page} route={route} />}
      </main>
    </>
  );
}

function focusMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

/** Shows a page as soon as its code is there. */
function LazyPage({ page, route }: { readonly page: Page } & PageProps): JSX.Element {
  const [loaded, setLoaded] = useState<ComponentType<PageProps> | 'failed' | undefined>(undefined);
  useEffect(() => {
    page.load().then(
      (component) => {
        setLoaded(() => component);
      },
      () => {
        setLoaded('failed');
      },
    );
  }, [page]);
  if (loaded === 'failed') {
    return <p role="alert">This page could not be loaded. Load the site again: it may have changed meanwhile.</p>;
  }
  const Component = loaded;
  return Component === undefined ? <p class="quiet">Loading …</p> : <Component route={route} />;
}

function NoPage(): JSX.Element {
  return (
    <p>
      There is no such page. <a href="#/">Go to the front page</a>
    </p>
  );
}
