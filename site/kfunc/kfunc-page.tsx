import type { JSX } from 'preact';
import { kernelOf, versionAt, type Catalog } from '../data/catalog.ts';
import type { KfuncData } from '../data/explorer-data.ts';
import { newestOf, union } from '../data/ranges.ts';
import type { CatalogPageProps } from '../data/with-catalog.tsx';
import { KernelSelect } from '../kernels/kernel-select.tsx';
import { UnknownKernel } from '../kernels/unknown-kernel.tsx';
import { rangesText } from '../kernels/timeline.ts';
import { routeHref } from '../routing/route.ts';
import { replaceRoute } from '../routing/use-route.ts';
import { searchKfuncs } from '../search/search-kfuncs.ts';
import { parseQuery } from '../search/query.ts';
import { History } from './history.tsx';
import { HookStrip } from './hook-strip.tsx';
import { KfuncLink } from './kfunc-link.tsx';
import { References } from './references.tsx';
import { Prototype } from './prototype.tsx';
import { Registrations } from './registrations.tsx';
import { SourceLines } from './source-lines.tsx';
import './kfunc.css';

/** A kfunc through all kernels, and what one of them says of it. */
export function KfuncPage({ route, catalog }: CatalogPageProps): JSX.Element {
  const name = route.path[1] ?? '';
  const kfunc = catalog.kfuncNamed.get(name);
  if (kfunc === undefined) return <NoKfunc name={name} catalog={catalog} />;
  const kernels = kernelsOf(kfunc);
  const chosen = kernelOf(catalog, route.query['kernel']) ?? newestOf(kernels) ?? catalog.newest;
  return (
    <article class="kfunc">
      <h1 class="code">{name}</h1>
      <p class="summary">
        {summaryOf(kfunc, catalog)}{' '}
        {kfunc.about?.map((text) => (
          <span class="quiet">{text} </span>
        ))}
      </p>
      <UnknownKernel catalog={catalog} asked={route.query['kernel']} shown={versionAt(catalog, chosen)} />
      <Prototype kfunc={kfunc} catalog={catalog} position={chosen} />
      {kfunc.entries.length === 0 ? null : <HookStrip kfunc={kfunc} catalog={catalog} chosen={chosen} />}
      <section aria-labelledby="in-kernel">
        <div class="heading">
          <h2 id="in-kernel">Who can call it in {versionAt(catalog, chosen)}</h2>
          <KernelSelect
            catalog={catalog}
            label="Kernel"
            value={versionAt(catalog, chosen)}
            onChoose={(kernel) => {
              replaceRoute({ path: route.path, query: { ...route.query, kernel } });
            }}
          />
        </div>
        <Registrations kfunc={kfunc} catalog={catalog} position={chosen} />
      </section>
      <References kfunc={kfunc} catalog={catalog} />
      <History name={name} catalog={catalog} />
      <SourceLines kfunc={kfunc} catalog={catalog} />
    </article>
  );
}

/** The kernels in which programs can call it; of a destructor alone, those that have it as one. */
function kernelsOf({ entries, dtors = [] }: KfuncData): readonly number[] {
  const callable = entries.filter(({ isUncallable }) => isUncallable !== true);
  return union((callable.length > 0 ? callable : dtors).map(({ kernels }) => kernels));
}

function summaryOf(kfunc: KfuncData, catalog: Catalog): string {
  const kernels = kernelsOf(kfunc);
  const what = kfunc.entries.length === 0 ? 'A destructor that no program can call' : 'Callable';
  const isGone = newestOf(kernels) !== catalog.newest;
  const gone = isGone ? `; gone from ${versionAt(catalog, (newestOf(kernels) ?? 0) + 1)} on` : '';
  const owners = [...new Set([...kfunc.entries, ...(kfunc.dtors ?? [])].map(({ owner }) => owner))];
  const where = owners.join() === 'vmlinux' ? 'the kernel itself' : `the module ${owners.join(', ')}`;
  return `${what} in ${rangesText(catalog.timeline, kernels)}${gone}. Registered by ${where}.`;
}

function NoKfunc({ name, catalog }: { readonly name: string; readonly catalog: Catalog }): JSX.Element {
  const { found } = searchKfuncs(catalog, parseQuery(name), undefined);
  return (
    <>
      <h1>No kernel has a kfunc {name}</h1>
      {found.length === 0 ? null : (
        <>
          <p>Near to it:</p>
          <ul>
            {found.slice(0, 5).map(({ kfunc }) => (
              <li key={kfunc.name}>
                <KfuncLink name={kfunc.name} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href={routeHref({ path: [], query: {} })}>Search among all of them</a>
      </p>
    </>
  );
}
