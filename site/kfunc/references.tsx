import type { JSX } from 'preact';
import type { Catalog } from '../data/catalog.ts';
import type { KfuncData, Ranges } from '../data/explorer-data.ts';
import { union } from '../data/ranges.ts';
import { rangesText } from '../kernels/timeline.ts';
import { KfuncLink } from './kfunc-link.tsx';

export interface ReferencesProps {
  readonly kfunc: KfuncData;
  readonly catalog: Catalog;
}

/** What has to do with references to the types of a kfunc: who gives, who takes, what frees them in maps. */
export function References({ kfunc, catalog }: ReferencesProps): JSX.Element | null {
  const { partners = [], dtors = [] } = kfunc;
  const kept = destructorsOf(kfunc, catalog);
  if (partners.length === 0 && dtors.length === 0 && kept.size === 0) return null;
  return (
    <section aria-labelledby="references">
      <h2 id="references">References and destructors</h2>
      <ul class="partners">
        {partners.flatMap(({ type, releasedBy = [], acquiredBy = [] }) => [
          releasedBy.length === 0 ? null : (
            <li key={`${type} release`}>
              The <code>{type}</code> that it returns is released by
              <Names names={releasedBy} catalog={catalog} />
            </li>
          ),
          acquiredBy.length === 0 ? null : (
            <li key={`${type} acquire`}>
              The <code>{type}</code> that it releases comes from
              <Names names={acquiredBy} catalog={catalog} />
            </li>
          ),
        ])}
        {[...kept].map(([type, destructors]) => (
          <li key={`${type} kept`}>
            A map may hold <code>struct {type}</code> as a referenced kptr; when the map goes, it is freed by
            <ul>
              {destructors.map(({ kfunc: destructor, kernels }) => (
                <li key={destructor}>
                  <KfuncLink name={destructor} /> <span class="quiet">{rangesText(catalog.timeline, kernels)}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
        {dtors.map(({ type, kernels, config }) => (
          <li key={`${type} frees`}>
            It is the destructor of <code>struct {type}</code>: it frees those that are left in maps{' '}
            <span class="quiet">{rangesText(catalog.timeline, kernels)}</span>
            {config === undefined ? null : (
              <>
                {' '}
                if <code class="config">{config}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Names({ names, catalog }: { readonly names: readonly string[]; readonly catalog: Catalog }): JSX.Element {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>
          <KfuncLink name={name} />{' '}
          <span class="quiet">
            {rangesText(
              catalog.timeline,
              union(catalog.kfuncNamed.get(name)?.entries.map(({ kernels }) => kernels) ?? []),
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface Destructor {
  readonly kfunc: string;
  readonly kernels: Ranges;
}

/** The destructors of the types whose references a kfunc gives or takes, by type; itself is not among them. */
function destructorsOf(
  { name, partners = [] }: KfuncData,
  { kfuncs }: Catalog,
): ReadonlyMap<string, readonly Destructor[]> {
  const types = new Set(partners.map(({ type }) => type));
  const found = new Map<string, Destructor[]>();
  for (const { name: kfunc, dtors = [] } of kfuncs) {
    for (const { type, kernels } of dtors) {
      if (kfunc === name || !types.has(`struct ${type}`)) continue;
      found.set(type, [...(found.get(type) ?? []), { kfunc, kernels }]);
    }
  }
  return found;
}
