import type { JSX } from 'preact';
import { versionAt, type Catalog } from '../data/catalog.ts';

export interface SourceLinkProps {
  readonly catalog: Catalog;
  readonly position: number;
  readonly source: string;
  readonly line: number | undefined;
}

/** A line of a kernel source file, as a link to where people read them. */
export function SourceLink({ catalog, position, source, line }: SourceLinkProps): JSX.Element {
  const at = line === undefined ? '' : `:${String(line)}`;
  return (
    <a class="code" href={sourceHref(catalog, position, source, line)} rel="noreferrer">
      {source}
      {at}
    </a>
  );
}

/** The release that was read, on elixir.bootlin.com: lines are of that release. A release 6.4.0 is tagged v6.4. */
export function sourceHref(catalog: Catalog, position: number, source: string, line: number | undefined): string {
  const release = catalog.kernels[position]?.release.replace(/\.0$/, '') ?? versionAt(catalog, position).slice(1);
  return `https://elixir.bootlin.com/linux/v${release}/source/${source}${line === undefined ? '' : `#L${String(line)}`}`;
}
