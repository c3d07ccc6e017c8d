import { explorerDataUrl } from 'virtual:explorer-data';
import { makeCatalog, type Catalog } from './catalog.ts';
import type { ExplorerData } from './explorer-data.ts';

let loading: Promise<Catalog> | undefined;

/**
 * The catalogue, fetched once. A failure is not kept: who asks again tries again.
 *
 * @throws Error where the file can't be fetched
 */
export function loadCatalog(): Promise<Catalog> {
  loading ??= fetchCatalog().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchCatalog(): Promise<Catalog> {
  const response = await fetch(explorerDataUrl);
  if (!response.ok) throw new Error(`${explorerDataUrl}: ${String(response.status)} ${response.statusText}`);
  // Of the same build as this code.
  return makeCatalog((await response.json()) as ExplorerData);
}
