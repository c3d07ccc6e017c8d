import type { JSX } from 'preact';
import { versionAt, type Catalog } from '../data/catalog.ts';
import type { KfuncData, Located } from '../data/explorer-data.ts';
import { holds, lineIn, positionsOf, union } from '../data/ranges.ts';
import { SourceLink } from './source-link.tsx';

/** Where a kfunc is defined and registered, in every kernel that has it. */
export function SourceLines({ kfunc, catalog }: { readonly kfunc: KfuncData; readonly catalog: Catalog }): JSX.Element {
  const all: readonly Located[] = [...kfunc.prototypes, ...kfunc.entries, ...(kfunc.dtors ?? [])];
  const positions = positionsOf(union(all.map(({ kernels }) => kernels))).toReversed();
  return (
    <details>
      <summary>
        <h2>Source lines in every kernel</h2>
      </summary>
      <div class="scroller" tabIndex={0} role="region" aria-label="Source lines by kernel">
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Kernel</th>
              <th scope="col">Release read</th>
              <th scope="col">Defined</th>
              <th scope="col">Registered</th>
            </tr>
          </thead>
          <tbody>
            {positions.map((position) => (
              <tr key={position}>
                <th scope="row">{versionAt(catalog, position)}</th>
                <td>{catalog.kernels[position]?.release}</td>
                <td>
                  <Places located={kfunc.prototypes} catalog={catalog} position={position} />
                </td>
                <td>
                  <Places located={[...kfunc.entries, ...(kfunc.dtors ?? [])]} catalog={catalog} position={position} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

interface PlacesProps {
  readonly located: readonly Located[];
  readonly catalog: Catalog;
  readonly position: number;
}

/** Each place once: an entry is listed for every hook. */
function Places({ located, catalog, position }: PlacesProps): JSX.Element {
  const places = new Map(
    located
      .filter(({ kernels, source }) => source !== '' && holds(kernels, position))
      .map((each) => {
        const line = lineIn(each, position);
        return [`${each.source}:${String(line)}`, { source: each.source, line }] as const;
      }),
  );
  return (
    <>
      {[...places].map(([key, { source, line }], index) => (
        <>
          {index === 0 ? '' : ', '}
          <SourceLink key={key} catalog={catalog} position={position} source={source} line={line} />
        </>
      ))}
    </>
  );
}
