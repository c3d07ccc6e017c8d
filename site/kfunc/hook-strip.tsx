import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Catalog } from '../data/catalog.ts';
import type { KfuncData } from '../data/explorer-data.ts';
import { FlagLegend, FlagLetters } from '../flags/flag-list.tsx';
import { hookRows, type HookRun } from './hook-runs.ts';
import { kfuncHref } from './kfunc-link.tsx';

export interface HookStripProps {
  readonly kfunc: KfuncData;
  readonly catalog: Catalog;
  /** The kernel that the page tells of. */
  readonly chosen: number;
}

/** Hooks and flags through the kernels: a row a hook, a column a version. */
export function HookStrip({ kfunc, catalog, chosen }: HookStripProps): JSX.Element {
  const rows = hookRows(kfunc, catalog);
  const flags = [...new Set(rows.flatMap(({ runs }) => runs.flatMap((run) => run.flags)))].sort();
  const hasNone = rows.some(({ runs }) => runs.some((run) => run.kind === 'callable' && run.flags.length === 0));
  const scroller = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const column = scroller.current?.querySelector('[aria-current]');
    column?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'instant' });
  }, [kfunc]);
  return (
    <>
      <div
        class="scroller strip-scroller"
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label="Hooks and flags by kernel"
      >
        <table class="strip">
          <thead>
            <tr>
              <th scope="col" class="strip-hooks">
                hook
              </th>
              {catalog.timeline.map(({ version, position }) => (
                <th key={version} scope="col" class={classOf(position, chosen)}>
                  {position === undefined ? (
                    <span title={`nothing is known of ${version}`}>{version.slice(1)}</span>
                  ) : (
                    <a href={kfuncHref(kfunc.name, version)} aria-current={position === chosen ? 'true' : undefined}>
                      {version.slice(1)}
                    </a>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ hook, runs }) => (
              <tr key={hook}>
                <th scope="row">{hook}</th>
                {runs.map((run) => (
                  <RunCell key={run.slots[0]?.version} run={run} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FlagLegend flags={flags} hasNone={hasNone} />
    </>
  );
}

function classOf(position: number | undefined, chosen: number): string | undefined {
  return position === undefined ? 'unknown' : position === chosen ? 'chosen' : undefined;
}

const WORDS: Record<HookRun['kind'], string> = {
  callable: 'callable',
  'flags-only': 'has flags, but is not callable',
  absent: 'not registered',
  unknown: 'nothing is known',
};

function RunCell({ run: { kind, flags, slots } }: { readonly run: HookRun }): JSX.Element {
  const [first, last] = [slots[0]?.version ?? '', slots.at(-1)?.version ?? ''];
  const where = first === last ? first : `${first}–${last}`;
  return (
    <td colSpan={slots.length} class={`run-${kind}`} title={`${where}: ${[WORDS[kind], ...flags].join(', ')}`}>
      {kind === 'callable' ? <FlagLetters flags={flags} /> : <span class="unseen">{WORDS[kind]}</span>}
    </td>
  );
}
