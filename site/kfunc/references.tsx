import type { JSX } from 'preact';
import type { Catalog } from '../data/catalog.ts';
import type { KfuncData, Ranges } from '../data/explorer-data.ts';
import { intersection, union } from '../data/ranges.ts';
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
      <p class="quiet">
        What releases what is told by the types: an acquire kfunc’s result, and a release kfunc’s argument.
      </p>
      <ul class="partners">
        {partners.flatMap(({ type, releasedBy = [], acquiredBy = [] }) => [
          releasedBy.length === 0 ? null : (
            <li key={`${type} release`}>
              The <code>{type}</code> that it returns is released by
              <Names names={releasedBy} kfunc={kfunc} catalog={catalog} />
            </li>
          ),
          acquiredBy.length === 0 ? null : (
            <li key={`${type} acquire`}>
              The <code>{type}</code> that it releases comes from
              <Names names={acquiredBy} kfunc={kfunc} catalog={catalog} />
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

interface NamesProps extends ReferencesProps {
  /** The partners. */
  readonly names: readonly string[];
}

/** Partners, each with the kernels that have both. */
function Names({ names, kfunc, catalog }: NamesProps): JSX.Element {
  const own = kernelsOf(kfunc);
  return (
    <ul>
      {names.flatMap((name) => {
        const partner = catalog.kfuncNamed.get(name);
        const both = partner === undefined ? [] : intersection(own, kernelsOf(partner));
        return both.length === 0
          ? []
          : [
              <li key={name}>
                <KfuncLink name={name} /> <span class="quiet">{rangesText(catalog.timeline, both)}</span>
              </li>,
            ];
      })}
    </ul>
  );
}

function kernelsOf({ entries }: KfuncData): Ranges {
  return union(entries.map(({ kernels }) => kernels));
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
