import type { JSX } from 'preact';
import { kernelOf, type Catalog } from '../data/catalog.ts';

export interface UnknownKernelProps {
  readonly catalog: Catalog;
  /** The version that an address asks for. */
  readonly asked: string | undefined;
  /** What is shown in its place: `v7.1`, `all kernels`. */
  readonly shown: string;
}

/** Says that an address asks for a kernel that there is no profile of; nothing where it does not. */
export function UnknownKernel({ catalog, asked, shown }: UnknownKernelProps): JSX.Element | null {
  if (asked === undefined || kernelOf(catalog, asked) !== undefined) return null;
  return (
    <p class="hint" role="alert">
      Nothing is known here of a kernel {asked}; shown is {shown}.
    </p>
  );
}
