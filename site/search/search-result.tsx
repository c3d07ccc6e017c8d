import type { JSX } from 'preact';
import { versionAt, type Catalog } from '../data/catalog.ts';
import { holds, newestOf } from '../data/ranges.ts';
import { FlagList } from '../flags/flag-list.tsx';
import { heldText } from '../kernels/held-text.ts';
import { MiniStrip } from '../kernels/mini-strip.tsx';

import { rangesText } from '../kernels/timeline.ts';
import { kfuncHref } from '../kfunc/kfunc-link.tsx';
import { MarkedText } from './marked-text.tsx';
import type { Found, FoundEntry } from './search-kfuncs.ts';

export interface SearchResultProps {
  readonly found: Found;
  readonly catalog: Catalog;
  /** The kernel that was searched; undefined: any. */
  readonly kernel: number | undefined;
}

/** A line of what was found: as the newest kernel of it has it, or the one that was searched. */
export function SearchResultRow({ found, catalog, kernel }: SearchResultProps): JSX.Element {
  const { kfunc, kernels, spans, fields } = found;
  const shown = kernel ?? newestOf(kernels) ?? 0;
  const entries = found.entries.filter((entry) => holds(entry.kernels, shown));
  const isGone = newestOf(kernels) !== catalog.newest;
  return (
    <li class={isGone ? 'result is-gone' : 'result'}>
      <a
        class="code result-name"
        href={kfuncHref(kfunc.name, kernel === undefined ? undefined : versionAt(catalog, kernel))}
      >
        <MarkedText text={kfunc.name} spans={spans} />
      </a>
      <span class="result-hooks">
        {entries.length === 0 ? 'destructor' : distinct(entries, ({ hook }) => [hook]).join(', ')}
      </span>
      <FlagList flags={distinct(entries, ({ flags }) => flags)} />
      <span class="result-kernels">
        <MiniStrip timeline={catalog.timeline} ranges={kernels} />
        <span title={rangesText(catalog.timeline, kernels)}>{heldText(catalog.timeline, kernels)}</span>
      </span>
      {fields.length === 0 ? null : <span class="result-fields quiet">{fields.join(', ')}</span>}
    </li>
  );
}

function distinct(entries: readonly FoundEntry[], of: (entry: FoundEntry) => readonly string[]): readonly string[] {
  return [...new Set(entries.flatMap(of))];
}
