import type { JSX } from 'preact';
import type { Catalog } from '../data/catalog.ts';

export interface KernelSelectProps {
  readonly catalog: Catalog;
  readonly label: string;
  /** The version chosen; empty: any. */
  readonly value: string;
  /** What stands for any kernel; without it one must be chosen. */
  readonly any?: string;
  readonly onChoose: (version: string) => void;
}

/** Chooses a kernel, newest first. */
export function KernelSelect({ catalog, label, value, any, onChoose }: KernelSelectProps): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          onChoose(event.currentTarget.value);
        }}
      >
        {any === undefined ? null : <option value="">{any}</option>}
        {catalog.kernels.toReversed().map(({ version }) => (
          <option key={version} value={version}>
            {version}
          </option>
        ))}
      </select>
    </label>
  );
}
