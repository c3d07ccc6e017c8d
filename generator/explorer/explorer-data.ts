import type { ExplorerData, KernelData, KfuncData, PartnerData } from '../../site/data/explorer-data.ts';
import type { KernelModel, Model } from '../declarations/model.ts';
import { listRows } from '../declarations/rows.ts';
import { callersOf } from '../diff/view-kernel.ts';
import { documentedKfuncs, type DocumentedKfunc } from '../targets/docs-catalog.ts';
import { descriptionsOf } from '../targets/docs-descriptions.ts';
import { collectReferences, partnersOf, type Partners, type References } from '../targets/docs-partners.ts';
import { dtorsOf, entriesOf, prototypesOf } from './kfunc-data.ts';

/** All that the explorer shows, out of the same model as everything below generated/. */
export function explorerData(model: Model): ExplorerData {
  const versions = model.kernels.map(({ kernel }) => kernel.version);
  const kfuncs = documentedKfuncs(model);
  const references = collectReferences(kfuncs);
  return {
    kernels: model.kernels.map(kernelData),
    kfuncs: kfuncs.map((kfunc) => kfuncData(kfunc, versions, references)),
  };
}

function kernelData(model: KernelModel): KernelData {
  const { kernel } = model;
  const rows = listRows(model);
  return {
    version: kernel.version,
    release: kernel.release,
    flags: Object.keys(kernel.flags),
    hooks: Object.fromEntries(Object.keys(kernel.hooks).map((hook) => [hook, callersOf(kernel, hook)])),
    registrations: rows.reduce((sum, row) => sum + row.prog_types.length, 0),
    callable: new Set(rows.map(({ kfunc }) => kfunc)).size,
  };
}

function kfuncData(kfunc: DocumentedKfunc, versions: readonly string[], references: References): KfuncData {
  const dtors = dtorsOf(kfunc, versions);
  const partners = partnersOf(kfunc, references).map(partnerData);
  const about = descriptionsOf(kfunc);
  return {
    name: kfunc.name,
    entries: entriesOf(kfunc, versions),
    prototypes: prototypesOf(kfunc, versions),
    ...(dtors.length === 0 ? {} : { dtors }),
    ...(partners.length === 0 ? {} : { partners }),
    ...(about.length === 0 ? {} : { about }),
  };
}

function partnerData({ type, releasedBy, acquiredBy }: Partners): PartnerData {
  return {
    type,
    ...(releasedBy.length === 0 ? {} : { releasedBy: releasedBy.toSorted() }),
    ...(acquiredBy.length === 0 ? {} : { acquiredBy: acquiredBy.toSorted() }),
  };
}
