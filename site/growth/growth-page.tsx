import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { versionAt, type Catalog } from '../data/catalog.ts';
import { stepsOf, type Step } from '../data/changes.ts';
import type { CatalogPageProps } from '../data/with-catalog.tsx';
import { routeHref } from '../routing/route.ts';
import { GrowthChart } from './growth-chart.tsx';
import './growth.css';

/** How the registry grew, as a chart and as a table. */
export function GrowthPage({ catalog }: CatalogPageProps): JSX.Element {
  const steps = useMemo(() => stepsOf(catalog), [catalog]);
  return (
    <>
      <h1>How the registry grew</h1>
      <p class="quiet lead">
        A registration is a kfunc and a program type: one that the kernel names where it registers a set with the kfunc.
      </p>
      <GrowthChart catalog={catalog} />
      <div class="scroller" tabIndex={0} role="region" aria-label="Numbers">
        <table class="rows growth">
          <thead>
            <tr>
              <th scope="col">Kernel</th>
              <th scope="col">Release read</th>
              <th scope="col" class="number">
                Registrations
              </th>
              <th scope="col" class="number">
                Kfuncs
              </th>
              <th scope="col" class="number">
                New
              </th>
              <th scope="col" class="number">
                Gone
              </th>
              <th scope="col">Against the one before</th>
            </tr>
          </thead>
          <tbody>
            {catalog.timeline.toReversed().map(({ version, position }) =>
              position === undefined ? (
                <tr key={version} class="unknown">
                  <th scope="row">{version}</th>
                  <td colSpan={6}>nothing is known of it here</td>
                </tr>
              ) : (
                <KernelRow key={version} catalog={catalog} position={position} step={steps[position - 1]} />
              ),
            )}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface KernelRowProps {
  readonly catalog: Catalog;
  readonly position: number;
  /** What changed since the kernel before; the oldest has none. */
  readonly step: Step | undefined;
}

function KernelRow({ catalog, position, step }: KernelRowProps): JSX.Element {
  const kernel = catalog.kernels[position];
  const version = versionAt(catalog, position);
  const count = (kind: string): number | undefined => step?.changes.filter((change) => change.kind === kind).length;
  const breaking = step?.changes.filter((change) => change.breaking).length ?? 0;
  return (
    <tr>
      <th scope="row">
        <a href={routeHref({ path: ['matrix'], query: { kernel: version } })}>{version}</a>
      </th>
      <td>{kernel?.release}</td>
      <td class="number">{kernel?.registrations}</td>
      <td class="number">{kernel?.callable}</td>
      <td class="number">{count('kfunc-added')}</td>
      <td class="number">{count('kfunc-removed')}</td>
      <td>
        {step === undefined ? null : (
          <a href={routeHref({ path: ['changes'], query: { from: versionAt(catalog, step.from), to: version } })}>
            {step.changes.length} changes, {breaking} breaking
          </a>
        )}
      </td>
    </tr>
  );
}
