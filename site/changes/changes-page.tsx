import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { kernelOf, versionAt } from '../data/catalog.ts';
import { changesBetween } from '../data/changes.ts';
import type { CatalogPageProps } from '../data/with-catalog.tsx';
import { KernelSelect } from '../kernels/kernel-select.tsx';
import { UnknownKernel } from '../kernels/unknown-kernel.tsx';
import { routeHref } from '../routing/route.ts';
import { replaceRoute } from '../routing/use-route.ts';
import { useTyped } from '../routing/use-typed.ts';
import { NameField } from '../shell/name-field.tsx';
import { ChangeGroupView } from './change-group.tsx';
import { groupChanges } from './group-changes.ts';
import './changes.css';

/** What changed between two kernels, what breaks programs first. */
export function ChangesPage({ route, catalog }: CatalogPageProps): JSX.Element {
  const { query, path } = route;
  const to = kernelOf(catalog, query['to']) ?? catalog.newest;
  const from = kernelOf(catalog, query['from']) ?? Math.max(0, to - 1);
  const [old, now] = [versionAt(catalog, from), versionAt(catalog, to)];
  const set = (changed: Readonly<Record<string, string>>): void => {
    replaceRoute({ path, query: { ...query, from: old, to: now, ...changed } });
  };
  const typed = useTyped(query['name'] ?? '', (name) => {
    set({ name });
  });
  const changes = useMemo(() => changesBetween(catalog, from, to), [catalog, from, to]);
  const part = typed.text.trim().toLowerCase();
  const groups = useMemo(
    () => groupChanges(changes.filter((change) => change.name.toLowerCase().includes(part))),
    [changes, part],
  );
  const breaking = changes.filter((change) => change.breaking).length;
  return (
    <>
      <h1>
        What changed from {old} to {now}
      </h1>
      <form
        class="controls"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <KernelSelect catalog={catalog} label="From" value={old} onChoose={(version) => set({ from: version })} />
        <KernelSelect catalog={catalog} label="To" value={now} onChoose={(version) => set({ to: version })} />
        <NameField typed={typed} />
        <nav class="neighbours" aria-label="Neighbours">
          {[
            [Math.min(from, to) - 1, Math.min(from, to), 'Earlier'],
            [Math.max(from, to), Math.max(from, to) + 1, 'Later'],
          ].map(([older, newer, word]) => (
            <StepLink key={word} older={Number(older)} newer={Number(newer)} word={String(word)} catalog={catalog} />
          ))}
        </nav>
      </form>
      <UnknownKernel catalog={catalog} asked={query['from']} shown={old} />
      <UnknownKernel catalog={catalog} asked={query['to']} shown={now} />
      <p class="count" role="status">
        {changes.length === 0 ? (
          `Nothing that BPF programs see differs between ${old} and ${now}.`
        ) : (
          <>
            <strong class="breaks-count">{breaking} breaking</strong>, {changes.length - breaking} other{' '}
            {changes.length - breaking === 1 ? 'change' : 'changes'}
            {part === '' ? '' : `; shown: those of names with ${part}`}
          </>
        )}
      </p>
      {groups.map((group) => (
        <ChangeGroupView key={`${group.kind} ${String(group.breaking)}`} group={group} kernels={[old, now]} />
      ))}
    </>
  );
}

interface StepLinkProps extends Pick<CatalogPageProps, 'catalog'> {
  readonly older: number;
  readonly newer: number;
  readonly word: string;
}

function StepLink({ older, newer, word, catalog }: StepLinkProps): JSX.Element | null {
  if (older < 0 || newer > catalog.newest) return null;
  const [from, to] = [versionAt(catalog, older), versionAt(catalog, newer)];
  return (
    <a href={routeHref({ path: ['changes'], query: { from, to } })}>
      {word}: {from} → {to}
    </a>
  );
}
