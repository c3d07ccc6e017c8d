import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PageProps } from '../shell/pages.ts';
import type { Catalog } from './catalog.ts';
import { loadCatalog } from './load-catalog.ts';

/** What a page of the explorer gets. */
export interface CatalogPageProps extends PageProps {
  readonly catalog: Catalog;
}

/** Once loaded, pages have it at their first rendering. */
let loaded: Catalog | undefined;

/** A page that is shown when the catalogue is there. */
export function withCatalog(View: ComponentType<CatalogPageProps>): ComponentType<PageProps> {
  return function CatalogPage({ route }: PageProps): JSX.Element {
    const [state, setState] = useState<Catalog | 'failed' | undefined>(loaded);
    useEffect(() => {
      if (state !== undefined) return;
      loadCatalog().then(
        (catalog) => {
          loaded = catalog;
          setState(catalog);
        },
        () => {
          setState('failed');
        },
      );
    }, [state]);
    if (state === undefined) return <p class="quiet">Loading …</p>;
    if (state === 'failed') {
      return (
        <p role="alert">
          The data could not be loaded.{' '}
          <button
            type="button"
            onClick={() => {
              setState(undefined);
            }}
          >
            Try again
          </button>
        </p>
      );
    }
    return <View route={route} catalog={state} />;
  };
}
