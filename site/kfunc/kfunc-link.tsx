import type { JSX } from 'preact';
import type { ComponentChildren } from 'preact';
import { routeHref } from '../routing/route.ts';

export interface KfuncLinkProps {
  readonly name: string;
  /** The kernel that its page should tell of first. */
  readonly kernel?: string | undefined;
  /** In place of the name. */
  readonly children?: ComponentChildren;
}

/** Leads to the page of a kfunc. */
export function KfuncLink({ name, kernel, children }: KfuncLinkProps): JSX.Element {
  return (
    <a class="code" href={kfuncHref(name, kernel)}>
      {children ?? name}
    </a>
  );
}

/** The address of the page of a kfunc. */
export function kfuncHref(name: string, kernel?: string): string {
  return routeHref({ path: ['kfunc', name], query: kernel === undefined ? {} : { kernel } });
}
