import type { ComponentType } from 'preact';
import type { Route } from '../routing/route.ts';

/** What a page gets: the route that it is shown at. */
export interface PageProps {
  readonly route: Route;
}

/** A page of the site; its code is loaded when it is shown. */
export interface Page {
  /** The first part of its path; empty: the front page. */
  readonly name: string;
  readonly title: string;
  /** Where it stands in the navigation; false: one gets to it from others. */
  readonly isInNavigation: boolean;
  readonly load: () => Promise<ComponentType<PageProps>>;
}

/** All pages, in the order of the navigation. */
export const PAGES: readonly Page[] = [
  {
    name: 'judge',
    title: 'Judge a program',
    isInNavigation: true,
    load: () => import('../judge/judge-page.tsx').then(({ JudgePage }) => JudgePage),
  },
];
