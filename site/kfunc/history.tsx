import type { JSX } from 'preact';
import { MessageText } from '../changes/message-text.tsx';
import { versionAt, type Catalog } from '../data/catalog.ts';
import { historyOf, type Step } from '../data/changes.ts';
import { routeHref } from '../routing/route.ts';

/** What changed in which kernel, in words, newest first. */
export function History({ name, catalog }: { readonly name: string; readonly catalog: Catalog }): JSX.Element {
  const steps = historyOf(catalog, name).toReversed();
  return (
    <section aria-labelledby="history">
      <h2 id="history">What changed when</h2>
      {steps.length === 0 ? <p class="quiet">Nothing, in any kernel since {versionAt(catalog, 0)}.</p> : null}
      <dl class="history">
        {steps.map((step) => (
          <HistoryStep key={step.to} step={step} catalog={catalog} />
        ))}
      </dl>
    </section>
  );
}

function HistoryStep({
  step: { from, to, changes },
  catalog,
}: {
  readonly step: Step;
  readonly catalog: Catalog;
}): JSX.Element {
  const [old, now] = [versionAt(catalog, from), versionAt(catalog, to)];
  const unknown = unknownBetween(catalog, from, to);
  return (
    <>
      <dt>
        <a href={routeHref({ path: ['changes'], query: { from: old, to: now } })}>{now}</a>
        {unknown.length === 0 ? null : <span class="quiet"> ({unknown[0]} at the earliest)</span>}
      </dt>
      {changes.map(({ kind, message, breaking }) => (
        <dd key={`${kind} ${message}`}>
          {breaking ? <span class="breaks">breaks</span> : null} <MessageText kind={kind} message={message} />
        </dd>
      ))}
    </>
  );
}

/** Versions between two neighbours, of which nothing is known. */
function unknownBetween({ timeline }: Catalog, from: number, to: number): readonly string[] {
  const at = (position: number): number => timeline.findIndex((slot) => slot.position === position);
  return timeline.slice(at(from) + 1, at(to)).map(({ version }) => version);
}
