import { loadProfiles, loadRegistry } from '../../generator/declarations/load.ts';
import type { Model } from '../../generator/declarations/model.ts';
import { explorerData } from '../../generator/explorer/explorer-data.ts';
import { makeCatalog, type Catalog } from '../../site/data/catalog.ts';

/** The registry of the package, and what the explorer makes of it. */
export function registryCatalog(): { readonly model: Model; readonly catalog: Catalog } {
  const { model } = loadRegistry(['registry'], loadProfiles()).registry;
  return { model, catalog: makeCatalog(explorerData(model)) };
}
