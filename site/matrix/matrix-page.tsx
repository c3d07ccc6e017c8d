import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { kernelOf, versionAt } from '../data/catalog.ts';
import type { CatalogPageProps } from '../data/with-catalog.tsx';
import { FlagLegend } from '../flags/flag-list.tsx';
import { KernelSelect } from '../kernels/kernel-select.tsx';
import { UnknownKernel } from '../kernels/unknown-kernel.tsx';
import { replaceRoute } from '../routing/use-route.ts';
import { useTyped } from '../routing/use-typed.ts';
import { NameField } from '../shell/name-field.tsx';
import { Choice } from './choice.tsx';
import { choicesOf, makeMatrix, type MatrixFilter } from './make-matrix.ts';
import { MatrixTable } from './matrix-table.tsx';
import './matrix.css';

/** The matrix of kfuncs and hooks for a kernel. */
export function MatrixPage({ route, catalog }: CatalogPageProps): JSX.Element {
  const { query } = route;
  const position = kernelOf(catalog, query['kernel']) ?? catalog.newest;
  const version = versionAt(catalog, position);
  const { flag = '', owner = '', hooks = '' } = query;
  const set = (key: string) => (value: string) => {
    replaceRoute({ path: route.path, query: { ...query, [key]: value } });
  };
  const typed = useTyped(query['name'] ?? '', set('name'));
  const name = typed.text;
  const matrix = useMemo(() => {
    const filter: MatrixFilter = { name, flag, owner, withEmpty: hooks === 'all' };
    return makeMatrix(catalog, position, filter);
  }, [catalog, position, name, flag, owner, hooks]);
  const choices = useMemo(() => choicesOf(catalog, position), [catalog, position]);
  return (
    <>
      <h1>Which hooks can call what in {version}</h1>
      <form
        class="controls"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <KernelSelect catalog={catalog} label="Kernel" value={version} onChoose={set('kernel')} />
        <NameField typed={typed} />
        <Choice label="Flag" value={flag} choices={choices.flags} onChoose={set('flag')} />
        <Choice label="Owner" value={owner} choices={choices.owners} onChoose={set('owner')} />
        <label class="check">
          <input
            type="checkbox"
            checked={hooks === 'all'}
            onChange={(event) => {
              set('hooks')(event.currentTarget.checked ? 'all' : '');
            }}
          />
          empty hooks too
        </label>
      </form>
      <UnknownKernel catalog={catalog} asked={query['kernel']} shown={version} />
      <p class="count" role="status">
        {matrix.rows.length} {matrix.rows.length === 1 ? 'kfunc' : 'kfuncs'}, {matrix.columns.length}{' '}
        {matrix.columns.length === 1 ? 'hook' : 'hooks'}
      </p>
      {matrix.rows.length === 0 ? (
        <p>No kfunc of {version} fits all of that.</p>
      ) : (
        <>
          <FlagLegend flags={matrix.flags} hasNone={matrix.hasNone} isBrief />
          <MatrixTable matrix={matrix} version={version} hooks={catalog.kernels[position]?.hooks ?? {}} />
        </>
      )}
    </>
  );
}
