import type { JSX } from 'preact';
import { FlagLetters } from '../flags/flag-list.tsx';
import { KfuncLink } from '../kfunc/kfunc-link.tsx';
import type { Matrix } from './make-matrix.ts';

export interface MatrixTableProps {
  readonly matrix: Matrix;
  readonly version: string;
  /** The program types of each hook. */
  readonly hooks: Readonly<Record<string, readonly string[]>>;
}

/** A table whose head and first column stay where they are. */
export function MatrixTable({ matrix: { columns, rows }, version, hooks }: MatrixTableProps): JSX.Element {
  return (
    <div class="scroller matrix-scroller" tabIndex={0} role="region" aria-label={`Kfuncs and hooks of ${version}`}>
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">kfunc</th>
            {columns.map((hook) => (
              <th key={hook} scope="col" title={hooks[hook]?.join(', ')}>
                <span>{hook}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">
                <KfuncLink name={name} kernel={version} />
              </th>
              {columns.map((hook) => {
                const flags = cells.get(hook);
                return flags === undefined ? (
                  <td key={hook} />
                ) : (
                  <td key={hook} class="can" title={`${hook}: ${flags.length === 0 ? 'no flags' : flags.join(', ')}`}>
                    <FlagLetters flags={flags} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
