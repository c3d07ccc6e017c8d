import type { ComponentType } from 'preact';
import { ChangesPage } from '../changes/changes-page.tsx';
import { withCatalog } from '../data/with-catalog.tsx';
import { GrowthPage } from '../growth/growth-page.tsx';
import { KfuncPage } from '../kfunc/kfunc-page.tsx';
import { MatrixPage } from '../matrix/matrix-page.tsx';
import type { Route } from '../routing/route.ts';
import { SearchPage } from '../search/search-page.tsx';

/** What a page gets: the route that it is shown at. */
export interface PageProps {
  readonly route: Route;
}

/** A page of the site. */
export interface Page {
  /** The first part of its path; empty: the front page. */
  readonly name: string;
  readonly title: string;
  /** Where it stands in the navigation; false: one gets to it from others. */
  readonly isInNavigation: boolean;
  /** Its code, or what loads it when it is shown. */
  readonly code: PageCode;
}

export type PageCode =
  | { readonly kind: 'here'; readonly component: ComponentType<PageProps> }
  | { readonly kind: 'elsewhere'; readonly load: () => Promise<ComponentType<PageProps>> };

/** All pages, in the order of the navigation. */
export const PAGES: readonly Page[] = [
  {
    name: '',
    title: 'Search',
    isInNavigation: true,
    code: { kind: 'here', component: withCatalog(SearchPage) },
  },
  {
    name: 'kfunc',
    title: 'Kfunc',
    isInNavigation: false,
    code: { kind: 'here', component: withCatalog(KfuncPage) },
  },
  {
    name: 'matrix',
    title: 'Matrix',
    isInNavigation: true,
    code: { kind: 'here', component: withCatalog(MatrixPage) },
  },
  {
    name: 'changes',
    title: 'Changes',
    isInNavigation: true,
    code: { kind: 'here', component: withCatalog(ChangesPage) },
  },
  {
    name: 'growth',
    title: 'Growth',
    isInNavigation: true,
    code: { kind: 'here', component: withCatalog(GrowthPage) },
  },
  {
    name: 'judge',
    title: 'Judge a program',
    isInNavigation: true,
    code: { kind: 'elsewhere', load: () => import('../judge/judge-page.tsx').then(({ JudgePage }) => JudgePage) },
  },
];

/** What the window is called at a route: by the thing that a page is about, or the page. */
export function titleOf(page: Page | undefined, { path }: Route): string {
  const title = path[1] ?? page?.title;
  return title === undefined ? 'kfunc-registry' : `${title} · kfunc-registry`;
}
